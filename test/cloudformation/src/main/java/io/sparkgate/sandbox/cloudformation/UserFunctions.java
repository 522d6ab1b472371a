package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.lambda.FunctionRuntime;
import io.sparkgate.sandbox.lambda.FunctionSettings;
import io.sparkgate.sandbox.lambda.InvocationResult;
import io.sparkgate.sandbox.template.JavaFunction;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the functions of a stack as they are deployed at the moment, a JVM each. */
final class UserFunctions implements AutoCloseable {

  /** Where functions find the services. */
  record Endpoints(URI emrServerless, URI cloudFormation) {}

  private record Running(JsonNode properties, FunctionRuntime runtime) {}

  private final Stack stack;
  private final Endpoints endpoints;
  private final Permissions permissions;
  private final Path work;
  private final Consumer<String> lines;

  // Guarded by this.
  private final Map<String, Running> running = new HashMap<>();
  private boolean closed;

  UserFunctions(
      Stack stack,
      Endpoints endpoints,
      Permissions permissions,
      Path work,
      Consumer<String> lines) {
    this.stack = stack;
    this.endpoints = endpoints;
    this.permissions = permissions;
    this.work = work;
    this.lines = lines;
  }

  /** The function with an ARN, if it is deployed and can be run. */
  Framework.User withArn(String arn) throws Failed {
    Resource function = deployed(Resource.FUNCTION, arn);
    FunctionRuntime runtime = runtime(function);
    return new Framework.User() {
      @Override
      public String arn() {
        return arn;
      }

      @Override
      public InvocationResult invoke(JsonNode event) throws InterruptedException {
        return runtime.invoke(event);
      }
    };
  }

  /** The resource with an ARN, which is made already and not deleted yet. */
  Resource deployed(String type, String arn) throws Failed {
    for (Resource resource : stack.all()) {
      if (resource.type().equals(type)
          && !resource.physicalId().isEmpty()
          && resource.arn().equals(arn)) {
        return resource;
      }
    }
    throw new Failed("Resource %s (%s) does not exist at this moment.".formatted(arn, type));
  }

  /** One that was updated starts anew. */
  private synchronized FunctionRuntime runtime(Resource function) throws Failed {
    if (closed) {
      throw new Failed("The deployment is closed.");
    }
    Running current = running.get(function.logicalId());
    if (current != null && current.properties().equals(function.properties())) {
      return current.runtime();
    }
    FunctionRuntime started = new FunctionRuntime(settings(function), lines);
    if (current != null) {
      current.runtime().close();
    }
    running.put(function.logicalId(), new Running(function.properties(), started));
    return started;
  }

  private FunctionSettings settings(Resource function) throws Failed {
    JsonNode properties = function.properties();
    String runtime = properties.path("Runtime").asText();
    Path jar = function.origin().asset(properties.path("Code").path("S3Key").asText());
    if (!runtime.startsWith("java") || !Files.isRegularFile(jar)) {
      throw new Failed(
          "Function %s has the runtime '%s' and the code %s; the sandbox runs a Java runtime and a jar of the assembly only."
              .formatted(function.logicalId(), runtime, jar));
    }
    JavaFunction written = JavaFunction.of(function.logicalId(), properties, jar);
    Map<String, String> environment = new LinkedHashMap<>(written.environment());
    environment.put("AWS_ENDPOINT_URL_CLOUDFORMATION", endpoints.cloudFormation().toString());
    return new FunctionSettings(
        new JavaFunction(
            written.logicalId(),
            written.handler(),
            jar,
            Map.copyOf(environment),
            written.timeout(),
            written.memoryMb()),
        function.physicalId(),
        function.arn(),
        function.origin().region(),
        permissions.signIn(
            deployed(Resource.ROLE, properties.path("Role").asText()), function.physicalId()),
        endpoints.emrServerless(),
        Map.of(),
        FunctionSettings.runtimeClientOfSandbox().toAbsolutePath(),
        work.resolve(function.logicalId()).toAbsolutePath());
  }

  /** Kills those that run; none starts after this. */
  @Override
  public synchronized void close() {
    closed = true;
    running.values().forEach(one -> one.runtime().close());
  }
}
