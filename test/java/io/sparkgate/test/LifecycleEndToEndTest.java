package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.cloudformation.Outcome;
import io.sparkgate.sandbox.cloudformation.Status;
import io.sparkgate.test.DeployedStack.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emrserverless.model.ApplicationState;
import software.amazon.awssdk.services.emrserverless.model.SessionState;

/** Deployments of the synthesized stack while people work, or while nobody does. */
class LifecycleEndToEndTest {

  private static final Map<String, Object> SMALL = pool(2, 8);
  private static final Map<String, Object> LARGE = pool(4, 16);

  @TempDir static Path assemblies;
  private static Synthesized small;
  private static Synthesized large;
  private static Synthesized largeAfterDrain;
  private static Synthesized smallThatTerminates;
  private static Synthesized largeThatTerminates;

  @TempDir Path work;
  private DeployedStack deployed;

  @BeforeAll
  static void synthesize() {
    small = dev("small", Map.of("warmPool", SMALL));
    large = dev("large", Map.of("warmPool", LARGE));
    largeAfterDrain = dev("drain", Map.of("warmPool", LARGE, "onUpdate", "drain 5"));
    smallThatTerminates =
        dev(
            "small-terminate",
            Map.of("warmPool", SMALL, "onUpdate", "terminate", "onDelete", "terminate"));
    largeThatTerminates =
        dev(
            "large-terminate",
            Map.of("warmPool", LARGE, "onUpdate", "terminate", "onDelete", "terminate"));
  }

  @BeforeEach
  void deploy() throws IOException {
    deployed = new DeployedStack(small, work);
  }

  @AfterEach
  void close() {
    deployed.close();
  }

  @Test
  void refusesToUpdateUnderALiveSession() {
    Person alice = create(small);
    String session = alice.startSession();

    Outcome refused = deployed.deploy(large);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(DeployedStack.reason(refused, "BeforeUpdate"))
        .contains(deployed.applicationId(), session, "alice", "is not updated");
    assertThat(refused.of(deployed.applicationLogicalId())).isEmpty();
    assertThat(alice.session(session).state()).isIn(SessionState.STARTED, SessionState.IDLE);
    assertThat(alice.warmVcpu()).isEqualTo("2 vCPU");

    alice.terminate(session);
    assertThat(deployed.deploy(large).status()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(alice.warmVcpu()).isEqualTo("4 vCPU");
  }

  /** The window that docs/lifecycle.md tells of, and the way back that it tells. */
  @Test
  void comesBackFromASessionThatStartsBetweenTheStopAndTheUpdate() throws Exception {
    Person alice = create(small);
    alice.terminate(alice.startSession());
    List<String> sessions = new ArrayList<>();
    deployed.stack.beforeNext(
        deployed.applicationLogicalId(),
        () -> {
          assertThat(alice.application().state()).isEqualTo(ApplicationState.STOPPED);
          sessions.add(alice.startSession());
        });

    Outcome failed = deployed.deploy(large);
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.UPDATE_ROLLBACK_FAILED);
    assertThat(DeployedStack.reason(failed, deployed.applicationLogicalId()))
        .contains("must be in one of the statuses to be updated", "Current status: STARTED");
    String session = sessions.get(0);
    assertThat(failed.toString()).contains(session, "alice");
    assertThat(alice.session(session).state()).isIn(SessionState.STARTED, SessionState.IDLE);
    assertThat(alice.warmVcpu()).isEqualTo("2 vCPU");

    alice.terminate(session);
    assertThat(deployed.stack.continueUpdateRollback().status())
        .isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(alice.warmVcpu()).isEqualTo("2 vCPU");
    assertThat(deployed.deploy(large).status()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(alice.warmVcpu()).isEqualTo("4 vCPU");
  }

  @Test
  void waitsForTheEndOfASessionAndThenUpdates() throws Exception {
    Person alice = create(small);
    String session = alice.startSession();

    CompletableFuture<Outcome> update =
        CompletableFuture.supplyAsync(() -> deployed.deploy(largeAfterDrain));
    deployed.awaitLine("\"decision\":\"wait\"");
    assertThat(update).isNotDone();
    assertThat(alice.session(session).state()).isIn(SessionState.STARTED, SessionState.IDLE);
    alice.terminate(session);

    Outcome updated = update.get(2, TimeUnit.MINUTES);
    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(alice.warmVcpu()).isEqualTo("4 vCPU");
  }

  @Test
  void updatesAtOnceWhereNobodyIsConnected() {
    Person alice = create(small);
    alice.terminate(alice.startSession());
    assertThat(alice.application().state()).isEqualTo(ApplicationState.STARTED);

    Outcome updated = deployed.deploy(large);

    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(alice.warmVcpu()).isEqualTo("4 vCPU");
    assertThat(alice.session(alice.startSession()).state()).isNotEqualTo(SessionState.FAILED);
  }

  @Test
  void terminatesSessionsWhereThePolicySaysSo() {
    Person alice = create(smallThatTerminates);
    String session = alice.startSession();

    Outcome updated = deployed.deploy(largeThatTerminates);

    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(alice.session(session).state()).isEqualTo(SessionState.TERMINATED);
  }

  @Test
  void stopsNothingWhereOnlyThePolicyChanges() {
    Person alice = create(small);
    String session = alice.startSession();

    Outcome updated =
        deployed.deploy(dev("policy", Map.of("warmPool", SMALL, "onUpdate", "drain 5")));

    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(alice.session(session).state()).isIn(SessionState.STARTED, SessionState.IDLE);
  }

  /** That CloudFormation would send only the limit, which the service takes then, is not known. */
  @Test
  void refusesANewLimitToo() {
    Person alice = create(small);
    String session = alice.startSession();
    Map<String, Object> limit = Map.of("vcpu", 64, "memoryGb", 256, "diskGb", 1280);
    Outcome failed = deployed.deploy(dev("limit", Map.of("warmPool", SMALL, "capacity", limit)));

    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(alice.session(session).state()).isIn(SessionState.STARTED, SessionState.IDLE);
  }

  @Test
  void comesToTheSameWhenARequestArrivesTwice() {
    Person alice = create(small);
    alice.terminate(alice.startSession());
    deployed.stack.deliverTwice(deployed.logicalId("Custom::SparkgateBeforeUpdate", ""));

    Outcome updated = deployed.deploy(large);

    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(alice.warmVcpu()).isEqualTo("4 vCPU");
  }

  @Test
  void replacesAnApplicationThatGetsAnotherName() throws IOException {
    Person alice = create(small);
    alice.terminate(alice.startSession());
    String old = deployed.applicationId();

    Outcome updated = deployed.deploy(Variants.renamed(small, assemblies.resolve("renamed")));

    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(deployed.applicationId()).isNotEqualTo(old);
    assertThat(deployed.applications())
        .containsExactlyInAnyOrder(ApplicationState.TERMINATED, ApplicationState.CREATED);
  }

  @Test
  void leavesSessionsAloneInARollbackThatDoesNotConcernThem() {
    Person alice = create(smallThatTerminates);
    String session = alice.startSession();
    deployed.stack.failNext(deployed.logicalId("Custom::SparkgateBeforeUpdate", ""));

    Outcome rolledBack = deployed.deploy(largeThatTerminates);

    assertThat(rolledBack.status())
        .as(rolledBack.toString())
        .isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(alice.session(session).state()).isIn(SessionState.STARTED, SessionState.IDLE);
  }

  @Test
  void rollsBackAnApplicationThatWasChanged() {
    Person alice = create(small);
    alice.terminate(alice.startSession());
    deployed.stack.failNext(deployed.logicalId("Custom::SparkgateBeforeDelete", ""));

    Outcome rolledBack =
        deployed.deploy(dev("both", Map.of("warmPool", LARGE, "onDelete", "drain 5")));

    assertThat(rolledBack.status())
        .as(rolledBack.toString())
        .isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    assertThat(alice.warmVcpu()).isEqualTo("2 vCPU");
    assertThat(deployed.deploy(large).status()).isEqualTo(Status.UPDATE_COMPLETE);
  }

  @Test
  void keepsEverythingWhereADeletionIsRefused() {
    Person alice = create(small);
    String session = alice.startSession();

    Outcome refused = deployed.stack.delete();

    assertThat(refused.status()).as(refused.toString()).isEqualTo(Status.DELETE_FAILED);
    assertThat(DeployedStack.reason(refused, "BeforeDelete"))
        .contains(session, "alice", "is not deleted");
    assertThat(refused.that(Status.DELETE_COMPLETE)).isEmpty();
    assertThat(alice.session(session).state()).isIn(SessionState.STARTED, SessionState.IDLE);

    alice.terminate(session);
    assertThat(deployed.stack.delete().status()).isEqualTo(Status.DELETE_COMPLETE);
  }

  @Test
  void deletesUnderALiveSessionWhereThePolicySaysSo() {
    Person alice = create(smallThatTerminates);
    alice.startSession();

    Outcome deleted = deployed.stack.delete();

    assertThat(deleted.status()).as(deleted.toString()).isEqualTo(Status.DELETE_COMPLETE);
    assertThat(deployed.applications()).containsOnly(ApplicationState.TERMINATED);
  }

  @Test
  void neitherUpdatesNorDeletesWithoutTheConstruct() throws IOException {
    Person alice = create(Variants.without(small, assemblies.resolve("unprotected-small")));
    alice.terminate(alice.startSession());

    Outcome failed =
        deployed.deploy(Variants.without(large, assemblies.resolve("unprotected-large")));

    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.UPDATE_ROLLBACK_FAILED);
    assertThat(DeployedStack.reason(failed, "Application"))
        .contains(
            "must be in one of the statuses to be updated: [STOPPED, CREATED]. Current status:"
                + " STARTED");
    Outcome left = deployed.stack.delete();
    assertThat(left.status()).as(left.toString()).isEqualTo(Status.DELETE_FAILED);
  }

  private Person create(Synthesized assembly) {
    Outcome created = deployed.deploy(assembly);
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
    return deployed.signIn("DeveloperRole", "alice");
  }

  private static Synthesized dev(String name, Map<String, Object> settings) {
    return Synthesized.dev(assemblies.resolve(name), settings);
  }

  private static Map<String, Object> pool(int vcpu, int memoryGb) {
    return Map.of("drivers", 1, "executors", 1, "vcpu", vcpu, "memoryGb", memoryGb);
  }
}
