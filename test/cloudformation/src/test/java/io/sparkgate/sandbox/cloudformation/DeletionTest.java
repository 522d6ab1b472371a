package io.sparkgate.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes, and what stays: replaced, deleted and half-made stacks. */
class DeletionTest {

  private static final Consumer<ObjectNode> LONGER =
      Lab.set("Application", "AutoStopConfiguration", "{'IdleTimeoutMinutes': 30}");
  private static final Consumer<ObjectNode> RENAMED = Lab.set("Application", "Name", "'other'");

  @TempDir Path directory;

  private Lab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new Lab(directory, false);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aNewNameReplacesTheApplicationAndWhatRefersToItFollows() {
    lab.deploy();
    String old = lab.stack.physicalId("Application");
    Outcome updated = lab.deploy(RENAMED);
    assertThat(updated.status()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(updated.that(Status.UPDATE_COMPLETE))
        .containsExactly("Application", "Queue", "Late");
    assertThat(lab.stack.physicalId("Application")).isNotEqualTo(old);
    assertThat(lab.application(old).path("state").asText()).isEqualTo("TERMINATED");
    // The queue, whose name has the application's id in it, is another one, too.
    assertThat(updated.that(Status.DELETE_COMPLETE)).containsExactly("Queue", "Application");
  }

  @Test
  void aFailedCleanupLeavesTheOldApplicationBehind() {
    lab.deploy();
    lab.start();
    String old = lab.stack.physicalId("Application");
    Outcome updated = lab.deploy(RENAMED);
    assertThat(updated.status()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(updated.that(Status.DELETE_FAILED)).containsExactly("Application");
    assertThat(lab.application(old).path("state").asText()).isEqualTo("STARTED");
    assertThat(lab.application().path("name").asText()).isEqualTo("other");
  }

  @Test
  void aRefusedDeletionKeepsWhatIsNeededAndIsRepeated() {
    lab.deploy();
    lab.start();
    Outcome refused = lab.stack.delete();
    assertThat(refused.status()).isEqualTo(Status.DELETE_FAILED);
    assertThat(refused.of("Lab").get(1).reason())
        .isEqualTo("The following resource(s) failed to delete: [Application]. ");
    assertThat(refused.that(Status.DELETE_COMPLETE))
        .containsExactly("Policy", "Late", "Role", "Queue");
    lab.admin("POST", lab.path() + "/stop", "");
    Outcome again = lab.stack.delete();
    assertThat(again.status()).isEqualTo(Status.DELETE_COMPLETE);
    assertThat(again.that(Status.DELETE_COMPLETE)).containsExactly("Application");
    assertThat(lab.stack.delete().events()).isEmpty();
  }

  @Test
  void whatARemainingResourceNeedsIsNotDeleted() {
    lab.deploy();
    lab.stack.failNext("Queue");
    Outcome failed = lab.stack.delete();
    assertThat(failed.that(Status.DELETE_FAILED)).containsExactly("Queue");
    assertThat(lab.application().path("state").asText()).isEqualTo("CREATED");
    assertThat(lab.stack.delete().that(Status.DELETE_COMPLETE))
        .containsExactly("Queue", "Application");
  }

  @Test
  void aFailedCreationDeletesWhatWasMade() {
    lab.stack.failNext("Queue");
    Outcome failed = lab.deploy();
    assertThat(failed.status()).isEqualTo(Status.ROLLBACK_COMPLETE);
    assertThat(failed.that(Status.DELETE_COMPLETE)).containsExactly("Queue", "Application");
    assertThat(failed.of("Queue").get(1).reason()).contains("Told to fail.");
    assertThatThrownBy(lab::deploy).hasMessageContaining("is in ROLLBACK_COMPLETE state");
    lab.stack.delete();
    assertThat(lab.deploy().status()).isEqualTo(Status.CREATE_COMPLETE);
  }

  @Test
  void keepsWhatAPolicyRetains() {
    lab.deploy(r -> r.withObject("/Application").put("DeletionPolicy", "Retain"));
    String id = lab.stack.physicalId("Application");
    lab.start();
    Outcome deleted = lab.stack.delete();
    assertThat(deleted.status()).isEqualTo(Status.DELETE_COMPLETE);
    assertThat(deleted.that(Status.DELETE_SKIPPED)).containsExactly("Application");
    assertThat(lab.application(id).path("state").asText()).isEqualTo("STARTED");
  }

  @Test
  void keepsWhatIsReplacedWhereAPolicySaysSo() {
    lab.deploy();
    String old = lab.stack.physicalId("Application");
    Consumer<ObjectNode> retain =
        r -> r.withObject("/Application").put("UpdateReplacePolicy", "Retain");
    // It is the policy of the template that the old one came from that counts.
    lab.deploy(retain.andThen(LONGER));
    Outcome updated = lab.deploy(retain.andThen(RENAMED));
    assertThat(updated.that(Status.DELETE_SKIPPED)).containsExactly("Application");
    assertThat(lab.application(old).path("state").asText()).isEqualTo("CREATED");
  }
}
