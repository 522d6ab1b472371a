package io.sparkgate.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks without custom resources: the order of things, and the application's own rules. */
class DeploymentTest {

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

  private int idleMinutes() {
    return lab.application().at("/autoStopConfiguration/idleTimeoutMinutes").asInt();
  }

  private static List<Status> statuses(Outcome outcome, String logicalId) {
    return outcome.of(logicalId).stream().map(Event::status).toList();
  }

  @Test
  void createsWhatOthersReferToFirstAndPermissionsLast() {
    Outcome created = lab.deploy(r -> r.set("Topic", Lab.json("{'Type': 'AWS::SNS::Topic'}")));
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
    assertThat(created.that(Status.CREATE_COMPLETE))
        .containsExactly("Application", "Queue", "Topic", "Role", "Late", "Policy");
    assertThat(statuses(created, "Lab"))
        .containsExactly(Status.CREATE_IN_PROGRESS, Status.CREATE_COMPLETE);
    assertThat(lab.application().path("state").asText()).isEqualTo("CREATED");
    assertThat(lab.application().at("/tags/stack").asText()).isEqualTo("Lab");
    assertThat(lab.stack.physicalId("Queue"))
        .endsWith("/dead-" + lab.stack.physicalId("Application"));
  }

  @Test
  void updatesOnlyWhatChanged() {
    lab.deploy();
    Outcome updated = lab.deploy(LONGER);
    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(updated.that(Status.UPDATE_COMPLETE)).containsExactly("Application");
    assertThat(statuses(updated, "Lab"))
        .containsExactly(
            Status.UPDATE_IN_PROGRESS,
            Status.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
            Status.UPDATE_COMPLETE);
    assertThat(idleMinutes()).isEqualTo(30);
    assertThat(lab.deploy(LONGER).events()).isEmpty();
  }

  @Test
  void addsAndRemovesResourcesAndTags() {
    lab.deploy();
    Outcome updated =
        lab.deploy(
            Lab.set("Application", "Tags", "[{'Key': 'team', 'Value': 'data'}]")
                .andThen(resources -> resources.remove("Late"))
                .andThen(r -> r.set("Topic", Lab.json("{'Type': 'AWS::SNS::Topic'}"))));
    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(updated.that(Status.CREATE_COMPLETE)).containsExactly("Topic");
    assertThat(updated.that(Status.DELETE_COMPLETE)).containsExactly("Late");
    assertThat(lab.application().path("tags")).isEqualTo(Lab.json("{'team': 'data'}"));
  }

  @Test
  void aStartedApplicationRefusesItsUpdateAndTheRollbackToo() {
    lab.deploy();
    lab.start();
    Outcome refused = lab.deploy(Lab.set("Application", "Tags", "[{'Key': 'a', 'Value': 'b'}]"));
    assertThat(refused.status()).isEqualTo(Status.UPDATE_ROLLBACK_FAILED);
    assertThat(statuses(refused, "Application"))
        .containsExactly(
            Status.UPDATE_IN_PROGRESS,
            Status.UPDATE_FAILED,
            Status.UPDATE_IN_PROGRESS,
            Status.UPDATE_FAILED);
    assertThat(refused.of("Application").get(1).reason())
        .contains(
            "Resource handler returned message:",
            "must be in one of the statuses to be updated: [STOPPED, CREATED]. Current status: STARTED",
            "Status Code: 400",
            "HandlerErrorCode: InvalidRequest");
    assertThat(lab.application().at("/tags/stack").asText()).isEqualTo("Lab");

    assertThatThrownBy(lab::deploy)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is in UPDATE_ROLLBACK_FAILED state and can not be updated.");
    assertThat(lab.stack.continueUpdateRollback().status())
        .isEqualTo(Status.UPDATE_ROLLBACK_FAILED);
    lab.admin("POST", lab.path() + "/stop", "");
    assertThat(statuses(lab.stack.continueUpdateRollback(), "Lab"))
        .containsExactly(
            Status.UPDATE_ROLLBACK_IN_PROGRESS,
            Status.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
            Status.UPDATE_ROLLBACK_COMPLETE);
    assertThatThrownBy(lab.stack::continueUpdateRollback)
        .hasMessageContaining("is in UPDATE_ROLLBACK_COMPLETE state and has no update rollback");
  }

  @Test
  void aSessionIsReadyAtOnceAndInTheWayOfAStop() {
    lab.deploy();
    String session =
        lab.admin(
                "POST",
                lab.path() + "/sessions",
                "{'clientToken': 't', 'executionRoleArn': 'arn:aws:iam::111122223333:role/R'}")
            .json()
            .path("sessionId")
            .asText();
    String path = lab.path() + "/sessions/" + session;
    assertThat(lab.admin("GET", path, "").json().at("/session/state").asText())
        .isEqualTo("STARTED");
    assertThat(lab.admin("POST", lab.path() + "/stop", "").body()).contains("1 active sessions");
    lab.admin("DELETE", path, "");
    assertThat(lab.admin("GET", path, "").json().at("/session/state").asText())
        .isEqualTo("TERMINATED");
    assertThat(lab.admin("POST", lab.path() + "/stop", "").status()).isEqualTo(200);
  }

  @Test
  void jobRunsAreInTheWayOfAStop() {
    lab.deploy();
    String run =
        lab.admin(
                "POST",
                lab.path() + "/jobruns",
                "{'clientToken': 't', 'executionRoleArn': 'arn:aws:iam::111122223333:role/R', 'jobDriver': {'sparkSubmit': {'entryPoint': 's3://b/x.py'}}}")
            .json()
            .path("jobRunId")
            .asText();
    assertThat(run).isNotEmpty();
    assertThat(lab.admin("POST", lab.path() + "/stop", "").body()).contains("1 active job runs");
    assertThat(lab.stack.delete().status()).isEqualTo(Status.DELETE_FAILED);
  }

  @Test
  void rollsBackAllThatWasTouchedInOrder() {
    lab.deploy();
    lab.stack.failNext("Late");
    Outcome failed =
        lab.deploy(
            LONGER
                .andThen(Lab.set("Late", "PolicyName", "'Later'"))
                .andThen(r -> r.set("Topic", Lab.json("{'Type': 'AWS::SNS::Topic'}"))));
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(failed.that(Status.UPDATE_FAILED)).containsExactly("Late");
    assertThat(failed.that(Status.UPDATE_COMPLETE))
        .containsExactly("Application", "Application", "Late");
    assertThat(failed.that(Status.DELETE_COMPLETE)).containsExactly("Topic");
    assertThat(failed.of("Lab").get(1).reason())
        .isEqualTo("The following resource(s) failed to update: [Late]. ");
    assertThat(idleMinutes()).isEqualTo(15);
    assertThat(lab.deploy(LONGER).status()).isEqualTo(Status.UPDATE_COMPLETE);
  }

  @Test
  void aFailedRollbackGoesOnWhereItFailed() {
    lab.deploy();
    lab.stack.failNext("Queue", 2);
    Outcome failed = lab.deploy(LONGER.andThen(Lab.set("Queue", "DelaySeconds", "1")));
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.UPDATE_ROLLBACK_FAILED);
    Outcome continued = lab.stack.continueUpdateRollback();
    assertThat(continued.status()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(continued.that(Status.UPDATE_COMPLETE)).containsExactly("Queue");
  }

  @Test
  void aRollbackGoesBackToTheReplacedApplication() {
    lab.deploy();
    lab.start();
    String old = lab.stack.physicalId("Application");
    lab.stack.failNext("Queue");
    Outcome failed = lab.deploy(RENAMED);
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(lab.stack.physicalId("Application")).isEqualTo(old);
    assertThat(lab.application().path("state").asText()).isEqualTo("STARTED");
    assertThat(failed.that(Status.DELETE_FAILED)).isEmpty();
    String second =
        failed.of("Application").stream()
            .filter(event -> event.status() == Status.DELETE_COMPLETE)
            .map(Event::physicalId)
            .findFirst()
            .orElseThrow();
    assertThat(lab.application(second).path("state").asText()).isEqualTo("TERMINATED");
  }

  @Test
  void saysThatARoleOrAStackIsNotThere() throws Exception {
    assertThatThrownBy(() -> lab.stack.signIn("Role", "x"))
        .hasMessage("Resource Role does not exist for stack Lab");
    assertThatThrownBy(() -> lab.stack.deploy(Path.of("nowhere")))
        .hasMessageContaining("nowhere: there is no such file or directory");
    Path assembly = lab.assembly(r -> {});
    Path manifest = assembly.resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"Lab\"", "\"SparkConnect-Lab\""));
    assertThatThrownBy(() -> lab.stack.deploy(assembly))
        .hasMessage(
            "The assembly's stack is called SparkConnect-Lab, this one Lab; make a Deployment with"
                + " that name");
  }

  @Test
  void refusesATemplateThatGoesRoundInCirclesOrElsewhere() {
    assertThatThrownBy(
            () ->
                lab.stack.deploy(
                    lab.assembly(r -> r.withObject("/Application").put("DependsOn", "Late"))))
        .hasMessageContaining("Circular dependency between resources: [Application, Queue, Late]");
    assertThatThrownBy(
            () -> {
              Path assembly = lab.assembly(r -> {});
              Path manifest = assembly.resolve("manifest.json");
              Files.writeString(
                  manifest, Files.readString(manifest).replace("us-east-1", "eu-west-1"));
              lab.stack.deploy(assembly);
            })
        .hasMessageContaining("Stack Lab belongs to account 111122223333 and Region eu-west-1")
        .hasMessageContaining(
            "ControlPlane.Builder.account(\"111122223333\").region(\"eu-west-1\")");
    assertThat(lab.stack.status()).isEqualTo(Status.DELETE_COMPLETE);
  }
}
