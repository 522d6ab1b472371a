package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.cloudformation.Status;
import io.sparkgate.test.DeployedStack.Person;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emrserverless.model.EmrServerlessException;

/** Auditors in an account whose own policies let them read everything. */
class AuditorTest {

  @TempDir Path directory;

  @Test
  void seesSessionsAndConnectsToNoneWhateverElseAllowsIt() throws Exception {
    Synthesized broad =
        Variants.withBroadReadsForAuditors(
            Synthesized.dev(directory.resolve("dev"), Map.of()), directory.resolve("broad"));
    try (DeployedStack deployed = new DeployedStack(broad, directory.resolve("work"))) {
      assertThat(deployed.deploy(broad).status()).isEqualTo(Status.CREATE_COMPLETE);
      String session = deployed.signIn("DeveloperRole", "alice").startSession();
      Person auditor = deployed.signIn("Auditor", "audrey");

      assertThat(auditor.session(session).sessionId()).isEqualTo(session);
      assertThatThrownBy(
              () ->
                  auditor.client.getSessionEndpoint(
                      request ->
                          request.applicationId(deployed.applicationId()).sessionId(session)))
          .isInstanceOf(EmrServerlessException.class)
          .hasMessageContaining("explicit deny");
    }
  }
}
