package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkgate.sandbox.cloudformation.Deployment;
import io.sparkgate.sandbox.cloudformation.Event;
import io.sparkgate.sandbox.cloudformation.Outcome;
import io.sparkgate.sandbox.emrserverless.ControlPlane;
import io.sparkgate.sandbox.emrserverless.ReadyDrivers;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.ssm.SsmFront;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.Application;
import software.amazon.awssdk.services.emrserverless.model.ApplicationState;
import software.amazon.awssdk.services.emrserverless.model.ApplicationSummary;
import software.amazon.awssdk.services.emrserverless.model.Session;

/**
 * The app's stack in the hands of the sandbox's player of CloudFormation, with the real template
 * and the real function; sessions run no Spark.
 */
final class DeployedStack implements AutoCloseable {

  static final String NAME = "SparkConnect-dev";

  private static final JsonNode ANYTHING =
      JsonNodeFactory.instance
          .objectNode()
          .put("Effect", "Allow")
          .put("Action", "*")
          .put("Resource", "*");

  final Deployment stack;
  final List<String> lines = new CopyOnWriteArrayList<>();
  private final ControlPlane control;
  private final Credentials outsider;
  private final JsonNode resources;

  /** Not created yet. */
  DeployedStack(Synthesized first, Path work) throws IOException {
    LiveAccess access = new LiveAccess();
    resources = first.template(NAME).get("Resources");
    control =
        ControlPlane.Builder.create(access, new ReadyDrivers())
            .neighbour(SsmFront.SERVICE, new SsmFront(access, parameters(), this::parameterArn))
            .start();
    outsider =
        access.issue("arn:aws:iam::111122223333:role/Admin", "admin", () -> List.of(ANYTHING));
    stack =
        Deployment.Builder.create(NAME, control, access, work)
            .queryInterval(Duration.ofMillis(100))
            .lines(lines::add)
            .start();
  }

  Outcome deploy(Synthesized assembly) {
    try {
      return stack.deploy(assembly.directory());
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }

  /** Somebody with a role of the stack, for example {@code DeveloperRole}. */
  Person signIn(String role, String name) {
    return new Person(stack.signIn(logicalId("AWS::IAM::Role", role), name));
  }

  /** Somebody from outside the stack, who may do anything. */
  Person outsider() {
    return new Person(outsider);
  }

  private EmrServerlessClient client(Credentials credentials) {
    return EmrServerlessClient.builder()
        .endpointOverride(control.uri())
        .region(Region.of(control.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    credentials.accessKeyId(), credentials.secretAccessKey())))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  String applicationId() {
    return stack.physicalId(applicationLogicalId());
  }

  String applicationLogicalId() {
    return logicalId("AWS::EMRServerless::Application", "SparkConnect");
  }

  String logicalId(String type, String prefix) {
    return resources.properties().stream()
        .filter(resource -> resource.getValue().get("Type").asText().equals(type))
        .map(Map.Entry::getKey)
        .filter(id -> id.startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  /** Waits for what the function prints; only a function that hangs takes long to say so. */
  void awaitLine(String part) throws InterruptedException {
    for (int i = 0; i < 600 && lines.stream().noneMatch(line -> line.contains(part)); i++) {
      Thread.sleep(100);
    }
    assertThat(lines).anyMatch(line -> line.contains(part));
  }

  /** Why a resource failed, as CloudFormation shows it. */
  static String reason(Outcome outcome, String logicalIdPart) {
    return outcome.events().stream()
        .filter(event -> event.logicalId().contains(logicalIdPart) && !event.reason().isEmpty())
        .map(Event::reason)
        .findFirst()
        .orElseThrow(() -> new AssertionError(outcome.toString()));
  }

  /**
   * The states of all applications of the account, asked for by somebody from outside the stack.
   */
  List<ApplicationState> applications() {
    return outsider().client.listApplications(request -> {}).applications().stream()
        .map(ApplicationSummary::state)
        .toList();
  }

  @Override
  public void close() {
    stack.close();
    control.close();
  }

  /** A client and its owner tag. */
  final class Person {

    final EmrServerlessClient client;
    final String userId;
    final String accessKeyId;

    private Person(Credentials credentials) {
      client = client(credentials);
      userId = credentials.identity().userId();
      accessKeyId = credentials.accessKeyId();
    }

    /** Starts a session of one's own; the application starts with it. */
    String startSession() {
      return startSession(Map.of("sparkgate:owner", userId));
    }

    String startSession(Map<String, String> tags) {
      return client
          .startSession(
              request ->
                  request
                      .applicationId(applicationId())
                      .executionRoleArn(executionRoleArn())
                      .tags(tags))
          .sessionId();
    }

    void terminate(String sessionId) {
      client.terminateSession(
          request -> request.applicationId(applicationId()).sessionId(sessionId));
    }

    void cancel(String jobRunId) {
      client.cancelJobRun(request -> request.applicationId(applicationId()).jobRunId(jobRunId));
    }

    Application application() {
      return client.getApplication(request -> request.applicationId(applicationId())).application();
    }

    /** The size of the workers that the application keeps ready. */
    String warmVcpu() {
      var pools = application().initialCapacity().values();
      return pools.iterator().next().workerConfiguration().cpu();
    }

    Session session(String sessionId) {
      return client
          .getSession(request -> request.applicationId(applicationId()).sessionId(sessionId))
          .session();
    }
  }

  String executionRoleArn() {
    String role = logicalId("AWS::IAM::Role", "SparkConnectExecutionRole");
    return "arn:aws:iam::%s:role/%s".formatted(control.account(), stack.physicalId(role));
  }

  /** By their names; the values are of no matter here. */
  Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new TreeMap<>();
    for (JsonNode resource : resources) {
      if (resource.get("Type").asText().equals("AWS::SSM::Parameter")) {
        parameters.put(
            resource.at("/Properties/Name").asText(),
            new Parameter(resource.at("/Properties/Type").asText(), "a value"));
      }
    }
    return parameters;
  }

  private String parameterArn(String name) {
    return "arn:aws:ssm:%s:%s:parameter%s".formatted(control.region(), control.account(), name);
  }

  String applicationArn() {
    return "arn:aws:emr-serverless:%s:%s:/applications/%s"
        .formatted(control.region(), control.account(), applicationId());
  }

  /** Where the API listens. */
  URI uri() {
    return control.uri();
  }
}
