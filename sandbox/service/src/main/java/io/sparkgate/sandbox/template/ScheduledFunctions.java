package io.sparkgate.sandbox.template;

import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds the functions that EventBridge Scheduler invokes, and the jars that they run. */
final class ScheduledFunctions {

  private final Template template;
  private final Resolver resolver;
  private final Consumer<String> remarks;
  private final Set<String> names = new HashSet<>();

  ScheduledFunctions(Template template, Resolver resolver, Consumer<String> remarks) {
    this.template = template;
    this.resolver = resolver;
    this.remarks = remarks;
  }

  /**
   * Those that watch the application, the most frequent first; if nothing says that any does, all.
   */
  List<ScheduledFunction> find(String applicationId, Map<String, Principal> roles) throws BadInput {
    List<ScheduledFunction> found = new ArrayList<>();
    for (String schedule : template.ofType("AWS::Scheduler::Schedule")) {
      Optional<String> function = target(schedule);
      if (function.isPresent() && plays(schedule, function.get())) {
        Optional<Path> jar = jar(function.get());
        if (jar.isPresent()) {
          found.add(function(function.get(), jar.get(), every(schedule), roles));
        }
      }
    }
    Predicate<ScheduledFunction> watches =
        f ->
            f.function().environment().values().stream()
                .anyMatch(value -> value.contains(applicationId));
    if (found.stream().anyMatch(watches)) {
      found.stream()
          .filter(watches.negate())
          .forEach(
              f ->
                  remarks.accept(
                      "function %s is not run: no variable of it names the application"
                          .formatted(f.function().logicalId())));
      found.removeIf(watches.negate());
    }
    found.sort(Comparator.comparing(ScheduledFunction::every));
    return List.copyOf(found);
  }

  /** None: what watches a cluster asks services that nobody plays. */
  List<ScheduledFunction> withoutApplication() throws BadInput {
    for (String schedule : template.ofType("AWS::Scheduler::Schedule")) {
      target(schedule)
          .ifPresent(
              function ->
                  remarks.accept(
                      "function %s is not run: the sandbox plays neither CloudWatch nor EMR's API, which it would ask"
                          .formatted(function)));
    }
    return List.of();
  }

  /** The function whose ARN the schedule names, alone or with a version or an alias. */
  private Optional<String> target(String schedule) throws BadInput {
    String target = resolver.property(schedule, "Target").path("Arn").asText();
    for (String function : template.ofType("AWS::Lambda::Function")) {
      String arn = resolver.references().arn(function);
      if (target.equals(arn) || target.startsWith(arn + ":")) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  private boolean plays(String schedule, String function) throws BadInput {
    if (resolver.property(schedule, "State").asText().equals("DISABLED")) {
      remarks.accept("function %s is not run: its schedule is disabled".formatted(function));
      return false;
    }
    String runtime = resolver.property(function, "Runtime").asText();
    if (!runtime.startsWith("java")) {
      remarks.accept(
          "function %s is not run: its runtime is '%s', and the sandbox runs Java only"
              .formatted(function, runtime));
      return false;
    }
    return true;
  }

  private Duration every(String schedule) throws BadInput {
    String expression = resolver.property(schedule, "ScheduleExpression").asText();
    return RateExpression.parse(expression)
        .orElseThrow(
            () ->
                template.problem(
                    "schedule %s has the expression '%s', but the sandbox plays only"
                        + " rate(N minutes), rate(N hours) and rate(N days)",
                    schedule, expression));
  }

  private Optional<Path> jar(String function) throws BadInput {
    String key = resolver.property(function, "Code").path("S3Key").asText();
    Path jar = template.file().resolveSibling("asset." + key);
    if (key.endsWith(".jar") && Files.isRegularFile(jar)) {
      return Optional.of(jar.toAbsolutePath().normalize());
    }
    remarks.accept(
        ("function %s is not run: its jar %s is not beside the template; name the cdk.out"
                + " directory that it was synthesized to")
            .formatted(function, jar.getFileName()));
    return Optional.empty();
  }

  private ScheduledFunction function(
      String id, Path jar, Duration every, Map<String, Principal> roles) throws BadInput {
    String role = resolver.property(id, "Role").asText();
    JavaFunction function = JavaFunction.of(id, resolver.resolve(template.properties(id)), jar);
    return new ScheduledFunction(
        name(function),
        function,
        every,
        roles.values().stream()
            .filter(principal -> principal.arn().equals(role))
            .map(Principal::logicalId)
            .findFirst()
            .orElseThrow(
                () ->
                    template.problem(
                        "function %s runs as %s, a role that is not in the template", id, role)));
  }

  /** A handler {@code io.example.SessionGuardHandler::handle} is called session-guard. */
  private String name(JavaFunction function) {
    String name =
        function
            .handler()
            .replaceFirst("::.*", "")
            .replaceFirst(".*[.$]", "")
            .replaceFirst("(?<=.)Handler$", "")
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT);
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }
}
