package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.StubSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The jar that is uploaded, in a process with no more than it and what Lambda brings. */
class FunctionsJarTest {

  private static final Path JAR = Path.of("../lambda/target/functions.jar");

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();

  @Test
  void comparesWhoFetchedAnEndpoint() throws Exception {
    emr.application("00app").put(StubSession.of("00s1", "IDLE", Instant.now()));

    assertThat(
            invoke(
                "io.sparkgate.function.watch.TakeoverHandler",
                """
                {"detail": {
                  "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/developers/alice"},
                  "requestParameters": {"applicationId": "00app", "sessionId": "00s1"}}}"""))
        .contains("\"outcome\":\"own\"")
        .endsWith("{}");
  }

  @Test
  void saysThatAnotherFetchedIt() throws Exception {
    emr.application("00app").put(StubSession.of("00s1", "IDLE", Instant.now()));

    assertThat(
            invoke(
                "io.sparkgate.function.watch.TakeoverHandler",
                """
                {"detail": {
                  "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/developers/bob"},
                  "requestParameters": {"applicationId": "00app", "sessionId": "00s1"}}}"""))
        .contains("\"outcome\":\"takeover\"", "TakeoverSuspected: ");
  }

  @Test
  void looksWhetherSessionsAreOn() throws Exception {
    emr.application("00app");

    assertThat(invoke("io.sparkgate.function.watch.SessionGuardHandler", "{}"))
        .contains("\"outcome\":\"enabled\"")
        .endsWith("{\"Applications\":1,\"Problems\":0}");
  }

  private String invoke(String handler, String event) throws Exception {
    Map<String, String> environment = Map.of("SPARKGATE_GUARD", "{\"applications\":[\"00app\"]}");
    return new DeployedFunction(handler, environment, JAR)
        .invoke(emr.uri(), event)
        .output()
        .strip();
  }
}
