package io.sparkgate.sandbox.lambda;

import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.JavaFunction;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a function is run with.
 *
 * @param name what {@code AWS_LAMBDA_FUNCTION_NAME} is
 * @param arn of the function, as its context gives it
 * @param credentials of the function's role
 * @param emrServerless the endpoint of the service
 * @param runtimeClient the directory of the jars of AWS's runtime interface client
 * @param endpoints of other services, by what follows {@code AWS_ENDPOINT_URL_}
 * @param workDirectory for files of the runtime; made if it is not there
 */
public record FunctionSettings(
    JavaFunction function,
    String name,
    String arn,
    String region,
    Credentials credentials,
    URI emrServerless,
    Map<String, URI> endpoints,
    Path runtimeClient,
    Path workDirectory) {

  /**
   * The settings of a template's function.
   *
   * @param function one of the blueprint's
   */
  public static FunctionSettings of(
      Blueprint blueprint,
      JavaFunction function,
      Credentials credentials,
      URI emrServerless,
      Map<String, URI> endpoints,
      Path runtimeClient,
      Path workDirectory) {
    // The longest name that Lambda takes has 64 characters.
    String name = "%.30s-%.33s".formatted(blueprint.stack(), function.logicalId());
    String partition = blueprint.partition();
    String arn =
        String.join(
            ":",
            "arn",
            partition,
            "lambda",
            blueprint.region(),
            blueprint.account(),
            "function",
            name);
    return new FunctionSettings(
        function,
        name,
        arn,
        blueprint.region(),
        credentials,
        emrServerless,
        Map.copyOf(endpoints),
        runtimeClient.toAbsolutePath(),
        workDirectory.toAbsolutePath());
  }

  /** The runtime client lies beside the sandbox's own jar. */
  public static Path runtimeClientOfSandbox() {
    try {
      Path own =
          Path.of(
              FunctionSettings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolveSibling("lambda-runtime");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
