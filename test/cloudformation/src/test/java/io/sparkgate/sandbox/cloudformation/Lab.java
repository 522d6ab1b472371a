package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.emrserverless.ControlPlane;
import io.sparkgate.sandbox.emrserverless.ReadyDrivers;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.lambda.TestJar;
import io.sparkgate.sandbox.template.BadInput;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The stack of the test resources, in as many versions as a test deploys. */
final class Lab implements AutoCloseable {

  static final String APPLICATION = "Application";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final List<String> lines = new CopyOnWriteArrayList<>();
  final Deployment stack;
  final ControlPlane control;
  final Credentials admin;

  private final Path directory;
  private final boolean functions;
  private int versions;

  /** What a service answered. */
  record Reply(int status, String body) {
    JsonNode json() {
      return Lab.json(body);
    }
  }

  /** With custom resources, or without them where a test needs none. */
  Lab(Path directory, boolean functions) throws IOException {
    this(directory, functions, Duration.ofMinutes(1));
  }

  Lab(Path directory, boolean functions, Duration totalTimeout) throws IOException {
    this.directory = directory;
    this.functions = functions;
    LiveAccess access = new LiveAccess();
    List<JsonNode> all = List.of(json("{'Effect':'Allow','Action':'*','Resource':'*'}"));
    admin = access.issue("arn:aws:iam::111122223333:role/Admin", "admin", () -> all);
    control = ControlPlane.Builder.create(access, new ReadyDrivers()).start();
    stack =
        Deployment.Builder.create("Lab", control, access, directory.resolve("work"))
            .queryInterval(Duration.ofMillis(20))
            .totalTimeout(totalTimeout)
            .lines(lines::add)
            .start();
    if (functions) {
      TestJar.of("Hook", directory);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Deploys the template with a change. */
  Outcome deploy(Consumer<ObjectNode> change) {
    try {
      return stack.deploy(assembly(change));
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }

  Outcome deploy() {
    return deploy(resources -> {});
  }

  /** A cloud assembly of the template with a change of its resources. */
  Path assembly(Consumer<ObjectNode> change) {
    try {
      Path assembly = Files.createDirectory(directory.resolve("v" + versions++));
      Files.writeString(assembly.resolve("manifest.json"), resource("manifest.json"));
      JsonNode template = json(resource("Lab.template.json"));
      ObjectNode resources = (ObjectNode) template.get("Resources");
      if (functions) {
        Files.copy(directory.resolve("Hook.jar"), assembly.resolve("asset.hook.jar"));
        Files.createSymbolicLink(assembly.resolve("asset.framework"), ProviderFramework.CODE);
      } else {
        resources.remove(List.of("Before", "After", "Provider", "Machine", "Function"));
        resources.withObject("/Application").remove("DependsOn");
      }
      change.accept(resources);
      JSON.writeValue(assembly.resolve("Lab.template.json").toFile(), template);
      return assembly;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (var file = Lab.class.getResourceAsStream("/deployment/" + name)) {
      return new String(Objects.requireNonNull(file).readAllBytes());
    }
  }

  /** A change of one property, whose value is JSON with single quotes. */
  static Consumer<ObjectNode> set(String resource, String property, String value) {
    return resources ->
        resources.withObject("/" + resource + "/Properties").set(property, json(value));
  }

  Reply admin(String method, String path, String body) {
    return call(admin, control.uri() + path, method, body.replace('\'', '"'));
  }

  static Reply call(Credentials who, String url, String method, String body) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(url))
                  .header(
                      "Authorization",
                      "AWS4-HMAC-SHA256 Credential=" + who.accessKeyId() + "/20260102/us-east-1/x")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String path() {
    return "/applications/" + stack.physicalId(APPLICATION);
  }

  JsonNode application(String id) {
    return admin("GET", "/applications/" + id, "").json().path("application");
  }

  JsonNode application() {
    return application(stack.physicalId(APPLICATION));
  }

  void start() {
    admin("POST", path() + "/start", "");
  }

  /**
   * The events that the function printed, of a resource and a kind of request. Nothing can be
   * deployed after it: that all is told is known when the function has ended only.
   */
  List<JsonNode> requests(String logicalId, String type) {
    stack.close();
    return lines.stream()
        .filter(line -> line.startsWith("{\"RequestType\":\"" + type + "\""))
        .map(Lab::json)
        .filter(event -> event.path("LogicalResourceId").asText().equals(logicalId))
        .toList();
  }

  @Override
  public void close() {
    stack.close();
    control.close();
  }
}
