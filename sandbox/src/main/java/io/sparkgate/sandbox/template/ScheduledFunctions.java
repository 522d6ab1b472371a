package io.sparkgate.sandbox.template;

import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the function that EventBridge Scheduler invokes, and the jar that it runs. */
final class ScheduledFunctions {

  private final Template template;
  private final Resolver resolver;
  private final Consumer<String> remarks;

  ScheduledFunctions(Template template, Resolver resolver, Consumer<String> remarks) {
    this.template = template;
    this.resolver = resolver;
    this.remarks = remarks;
  }

  /** The one that watches the application, where several functions have a schedule. */
  Optional<ScheduledFunction> find(String applicationId, Map<String, Principal> roles)
      throws BadInput {
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
    List<ScheduledFunction> watching =
        found.stream()
            .filter(
                f ->
                    f.function().environment().values().stream()
                        .anyMatch(v -> v.contains(applicationId)))
            .toList();
    List<ScheduledFunction> candidates = watching.isEmpty() ? found : watching;
    candidates.stream()
        .skip(1)
        .forEach(
            f ->
                remarks.accept(
                    "function %s is not run, only one is".formatted(f.function().logicalId())));
    return candidates.stream().findFirst();
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
    return Rate.parse(expression)
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
    return new ScheduledFunction(
        JavaFunction.of(id, resolver.resolve(template.properties(id)), jar),
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
}
