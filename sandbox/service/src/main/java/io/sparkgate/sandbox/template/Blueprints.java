package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Blueprint.Application;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what a synthesized template would deploy. */
public final class Blueprints {

  private static final String APPLICATION = "AWS::EMRServerless::Application";
  private static final String PARAMETER = "AWS::SSM::Parameter";
  private static final String SERVICE = "emr-serverless.amazonaws.com";

  private Blueprints() {}

  /**
   * Reads a stack.
   *
   * @param cdkOutOrTemplate the directory that {@code cdk synth} wrote, or a template in JSON
   * @param environment which of the directory's stacks, {@code SparkConnect-<environment>}; needed
   *     when it has several
   * @param remarks hears, in a line each, what the template has and the sandbox does not play
   * @throws BadInput in one line: the file, what was found there and what to do
   */
  public static Blueprint read(
      Path cdkOutOrTemplate, Optional<String> environment, Consumer<String> remarks)
      throws BadInput {
    StackFile stack = StackFiles.find(cdkOutOrTemplate, environment);
    Template template = Template.read(stack.template());
    Resolver resolver = new Resolver(template, stack, Known.NOTHING);

    Optional<String> logicalId = application(template);
    Optional<Application> application =
        logicalId.isPresent()
            ? Optional.of(read(template, resolver, logicalId.get()))
            : Optional.empty();
    Map<String, Principal> principals = new Roles(template, resolver, remarks).read();
    Map<String, Parameter> parameters = parameters(template, resolver);
    var functions = new ScheduledFunctions(template, resolver, remarks);
    return new Blueprint(
        stack.stack(),
        stack.account(),
        stack.region(),
        application,
        application.isPresent() ? executionRole(template, principals, remarks) : "",
        new Clusters(template, resolver, remarks).read(parameters, application.isPresent()),
        principals,
        buckets(template, resolver),
        application.isPresent()
            ? functions.find(application.get().id(), principals)
            : functions.withoutApplication(),
        parameters);
  }

  private static Application read(Template template, Resolver resolver, String logicalId)
      throws BadInput {
    return new Application(
        resolver.references().ref(logicalId).asText(),
        resolver.references().arn(logicalId),
        ApplicationRequest.of(resolver.resolve(template.properties(logicalId))));
  }

  private static Map<String, Parameter> parameters(Template template, Resolver resolver)
      throws BadInput {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (String id : template.ofType(PARAMETER)) {
      parameters.put(
          resolver.references().ref(id).asText(),
          new Parameter(
              resolver.property(id, "Type").asText(), resolver.property(id, "Value").asText()));
    }
    return parameters;
  }

  private static Optional<String> application(Template template) throws BadInput {
    List<String> applications = template.ofType(APPLICATION);
    if (applications.isEmpty()) {
      if (template.ofType(Clusters.CLUSTER).isEmpty()) {
        throw template.problem(
            "deploys no %s and no %s, only %s; name the template of a Spark Connect platform",
            APPLICATION, Clusters.CLUSTER, template.types());
      }
      return Optional.empty();
    }
    if (applications.size() > 1) {
      throw template.problem(
          "deploys several applications: %s; the sandbox plays one, so put each in its own stack",
          String.join(", ", applications));
    }
    return Optional.of(applications.get(0));
  }

  private static Map<String, String> buckets(Template template, Resolver resolver) throws BadInput {
    Map<String, String> names = new LinkedHashMap<>();
    for (String id : template.ofType("AWS::S3::Bucket")) {
      names.put(id, resolver.references().ref(id).asText());
    }
    return names;
  }

  private static String executionRole(
      Template template, Map<String, Principal> principals, Consumer<String> remarks)
      throws BadInput {
    List<Principal> roles =
        principals.values().stream().filter(role -> trusts(role.trust(), SERVICE)).toList();
    if (roles.isEmpty()) {
      throw template.problem(
          "has no role that %s may assume, so sessions have nothing to run as; add a"
              + " SessionExecutionRole to the stack",
          SERVICE);
    }
    if (roles.size() > 1) {
      remarks.accept(
          "several roles are for sessions to run as: %s; examples use the first"
              .formatted(roles.stream().map(Principal::logicalId).toList()));
    }
    return roles.get(0).arn();
  }

  private static boolean trusts(JsonNode trust, String service) {
    for (JsonNode services : trust.findValues("Service")) {
      if (services.asText().equals(service)) {
        return true;
      }
      for (JsonNode one : services) {
        if (one.asText().equals(service)) {
          return true;
        }
      }
    }
    return false;
  }
}
