package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Blueprint.Application;
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

    String application = application(template);
    String applicationId = resolver.references().ref(application).asText();
    JsonNode properties = resolver.resolve(template.properties(application));
    Map<String, Principal> principals = new Roles(template, resolver, remarks).read();
    return new Blueprint(
        stack.stack(),
        stack.account(),
        stack.region(),
        new Application(
            applicationId,
            resolver.references().arn(application),
            ApplicationRequest.of(properties)),
        executionRole(template, principals, remarks),
        principals,
        buckets(template, resolver),
        new ScheduledFunctions(template, resolver, remarks).find(applicationId, principals),
        parameters(template, resolver));
  }

  private static Map<String, String> parameters(Template template, Resolver resolver)
      throws BadInput {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String id : template.ofType(PARAMETER)) {
      parameters.put(
          resolver.references().ref(id).asText(), resolver.property(id, "Value").asText());
    }
    return parameters;
  }

  private static String application(Template template) throws BadInput {
    List<String> applications = template.ofType(APPLICATION);
    if (applications.isEmpty()) {
      throw template.problem(
          "deploys no %s, only %s; name the template of a Spark Connect platform",
          APPLICATION, template.types());
    }
    if (applications.size() > 1) {
      throw template.problem(
          "deploys several applications: %s; the sandbox plays one, so put each in its own stack",
          String.join(", ", applications));
    }
    return applications.get(0);
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
