package io.sparkgate.test;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.function.stub.StubContext;
import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The function of a template: its handler and environment, and the jar that would be uploaded. */
record DeployedFunction(String handler, Map<String, String> environment, Path jar) {

  /** What an invocation printed. */
  record Result(int exitCode, String output) {}

  static DeployedFunction of(Synthesized synthesized, String stack) {
    JsonNode function =
        StreamSupport.stream(synthesized.template(stack).get("Resources").spliterator(), false)
            .filter(resource -> resource.get("Type").asText().equals("AWS::Lambda::Function"))
            .map(resource -> resource.get("Properties"))
            .findFirst()
            .orElseThrow();
    String variable = "SPARKGATE_REAPER";
    return new DeployedFunction(
        function.get("Handler").asText(),
        Map.of(variable, function.at("/Environment/Variables/" + variable).asText()),
        synthesized.asset(function.at("/Code/S3Key").asText()));
  }

  /** The same with more variables. */
  DeployedFunction with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new DeployedFunction(handler, more, jar);
  }

  /** Invokes it once against the service at this address. */
  Result invoke(URI service) throws Exception {
    return invoke(service, "{}");
  }

  /** The same with an event. */
  Result invoke(URI service, String event) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(
                    File.pathSeparator,
                    List.of(
                        jar.toString(),
                        home(Context.class),
                        home(StubContext.class),
                        home(FunctionLauncher.class))),
                FunctionLauncher.class.getName(),
                handler,
                "120000")
            .redirectErrorStream(true);
    java.environment().putAll(environment);
    java.environment()
        .putAll(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "not-a-secret",
                "AWS_LAMBDA_FUNCTION_NAME", "Reaper",
                "AWS_ENDPOINT_URL_EMR_SERVERLESS", service.toString()));
    Process process = java.start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(event.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
