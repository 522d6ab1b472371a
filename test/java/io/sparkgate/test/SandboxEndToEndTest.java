package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkgate.connect.SparkConnectClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.EmrServerlessException;
import software.amazon.awssdk.services.emrserverless.model.GetSessionEndpointResponse;
import software.amazon.awssdk.services.emrserverless.model.SessionState;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;

/**
 * The whole experience: the dev template, its policies, its functions, real Spark, real TLS, AWS's
 * own client and function runtime. Only AWS itself is the sandbox's.
 */
class SandboxEndToEndTest {

  /** Sleeps a second per row, so the session is busy for as long as anybody looks. */
  private static final String ENDLESS =
      "SELECT java_method('java.lang.Thread', 'sleep', 1000L) FROM range(0, 1000, 1, 1)";

  @TempDir Path directory;
  private SandboxProcess sandbox;
  private String application;

  @BeforeEach
  void start() throws Exception {
    assumeThat(Runtime.version().feature()).as("Spark 3.5 runs on JDK 17").isEqualTo(17);
    Path assembly =
        Synthesized.dev(directory.resolve("cdk.out"), Map.of("idleMinutes", 5)).directory();
    sandbox = SandboxProcess.start(assembly, directory.resolve("work"));
    application = sandbox.environment("developer-a").get("SPARKGATE_APPLICATION_ID");
  }

  @AfterEach
  void stop() {
    if (sandbox != null) {
      List<ProcessHandle> started = sandbox.descendants();
      sandbox.close();
      assertThat(started).allSatisfy(child -> child.onExit().join());
    }
  }

  @Test
  void theReaperEndsTheIdleSessionAndNobodyReachesAnothers() throws Exception {
    String idle = startAs("developer-a");
    // However slow this machine is, the reaper waits until all else was seen.
    operatorKeeps(idle);
    String busy = startAs("developer-a");
    awaitState(idle, "IDLE");
    awaitState(busy, "IDLE");

    try (SparkConnectClient working = connect(busy);
        SparkConnectClient spark = connect(idle)) {
      CompletableFuture<List<List<Object>>> query =
          CompletableFuture.supplyAsync(() -> working.sql(ENDLESS));
      awaitState(busy, "BUSY");
      assertThat(query).isNotDone();
      assertThat(spark.version()).isEqualTo("3.5.6");
      assertThat(spark.sql("SELECT 1 + 1")).containsExactly(List.of(2));
      assertThat(spark.sql("SELECT id, id * id FROM range(100)"))
          .hasSize(100)
          .contains(List.of(99L, 9801L));

      developerBCannotReach(idle);
      theAuditorSeesAndCannotConnect(idle);
      denied("reaper", "GetSessionEndpoint", () -> endpoint("reaper", idle));

      operatorLetsGo(idle);
      awaitState(idle, "TERMINATED");
      assertThat(stateOf(busy)).isEqualTo(SessionState.BUSY);
      assertThat(query).isNotDone();
      theReaperSaysWhy(idle);
      sandbox.awaitLog("session-guard", line -> line.contains("\"outcome\":\"enabled\""));

      sandbox
          .client("operator")
          .terminateSession(r -> r.applicationId(application).sessionId(busy));
      awaitState(busy, "TERMINATED");
      assertThatThrownBy(query::join).isInstanceOf(CompletionException.class);
    }
  }

  private void operatorKeeps(String session) {
    try (EmrServerlessClient operator = sandbox.client("operator")) {
      String arn = arn(operator, session);
      Map<String, String> keep = Map.of("sparkgate:keep-until", "2099-01-01T00:00:00Z");
      operator.tagResource(r -> r.resourceArn(arn).tags(keep));
    }
  }

  private void operatorLetsGo(String session) {
    try (EmrServerlessClient operator = sandbox.client("operator")) {
      String arn = arn(operator, session);
      operator.untagResource(r -> r.resourceArn(arn).tagKeys("sparkgate:keep-until"));
    }
  }

  private String arn(EmrServerlessClient client, String session) {
    return client.getSession(r -> r.applicationId(application).sessionId(session)).session().arn();
  }

  private void developerBCannotReach(String session) {
    denied("developer-b", "GetSessionEndpoint", () -> endpoint("developer-b", session));
    denied(
        "developer-b",
        "TerminateSession",
        () ->
            sandbox
                .client("developer-b")
                .terminateSession(r -> r.applicationId(application).sessionId(session)));
    denied("developer-b", "StartSession", () -> start("developer-b", ownerTag("developer-a")));
  }

  private void theAuditorSeesAndCannotConnect(String session) {
    assertThat(sandbox.client("auditor").listSessions(r -> r.applicationId(application)).sessions())
        .extracting(SessionSummary::sessionId)
        .contains(session);
    denied("auditor", "GetSessionEndpoint", () -> endpoint("auditor", session));
  }

  private void theReaperSaysWhy(String session) throws Exception {
    List<String> log = sandbox.log("reaper");
    assertThat(log.stream().filter(line -> line.contains("\"outcome\":\"terminated\"")))
        .singleElement()
        .asString()
        .contains("\"sessionId\":\"" + session + "\"", "\"rule\":\"idle\"", "limit 5 min");
    // A sweep's record is its last line, and the session may be over before it is written.
    sandbox.awaitLog(
        "reaper", line -> line.contains("\"_aws\"") && line.contains("\"Terminated\":1,"));
  }

  private String startAs(String persona) {
    return start(persona, ownerTag(persona));
  }

  private String start(String persona, Map<String, String> tags) {
    String role = sandbox.environment(persona).get("SPARKGATE_EXECUTION_ROLE_ARN");
    try (EmrServerlessClient client = sandbox.client(persona)) {
      return client
          .startSession(r -> r.applicationId(application).executionRoleArn(role).tags(tags))
          .sessionId();
    }
  }

  private Map<String, String> ownerTag(String persona) {
    Map<String, String> environment = sandbox.environment(persona);
    return Map.of(environment.get("SPARKGATE_OWNER_TAG"), environment.get("SPARKGATE_OWNER"));
  }

  private GetSessionEndpointResponse endpoint(String persona, String session) {
    try (EmrServerlessClient client = sandbox.client(persona)) {
      return client.getSessionEndpoint(r -> r.applicationId(application).sessionId(session));
    }
  }

  /** As a data scientist would: host and token from the service, port 443 by the proxy. */
  private SparkConnectClient connect(String session) {
    GetSessionEndpointResponse to = endpoint("developer-a", session);
    Map<String, String> environment = sandbox.environment("developer-a");
    String proxy = environment.get("grpc_proxy");
    return SparkConnectClient.connect(
        to.endpoint().replace("https://", "sc://")
            + ":443/;use_ssl=true;x-aws-proxy-auth="
            + URLEncoder.encode(to.authToken(), StandardCharsets.UTF_8),
        Path.of(environment.get("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH")),
        Integer.parseInt(proxy.substring(proxy.lastIndexOf(':') + 1)));
  }

  private SessionState stateOf(String session) {
    try (EmrServerlessClient client = sandbox.client("developer-a")) {
      return client
          .getSession(r -> r.applicationId(application).sessionId(session))
          .session()
          .state();
    }
  }

  private void awaitState(String session, String state) {
    sandbox.awaitLine(line -> line.contains(session) && line.contains("  " + state + " "));
  }

  private static void denied(String persona, String action, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(EmrServerlessException.class)
        .hasMessageContainingAll("/" + persona, "not authorized", "emr-serverless:" + action)
        .satisfies(e -> assertThat(((EmrServerlessException) e).statusCode()).isEqualTo(403));
  }
}
