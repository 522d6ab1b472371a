package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.constructs.Construct;

/** All checks of one application, in the order in which its user hears of them. */
final class ApplicationChecks {

  private final Construct application;
  private final ApplicationSettings settings;
  private final Findings findings;
  private final CapacityChecks capacity;

  ApplicationChecks(Construct application, ApplicationSettings settings) {
    this.application = application;
    this.settings = settings;
    findings = new Findings(application);
    capacity = new CapacityChecks(findings, settings.expectedSessions, settings.accountVcpuQuota);
  }

  void checkSettings() {
    Stack stack = Stack.of(application);
    List<Classification> runtime = settings.runtimeConfiguration();
    RegionChecks.check(findings, stack.getRegion());
    ReleaseChecks.check(findings, settings.releaseLabel);
    LifecycleChecks.check(findings, settings.autoStart, settings.autoStop);
    LogChecks.check(findings, settings.logs(), stack);
    ClassificationChecks.check(findings, runtime);
    SparkValueChecks.check(findings, settings.sparkConf().settings());
    SparkConfChecks.check(findings, runtime, settings.architecture);
    NameChecks.checkName(findings, settings.applicationName(application));
    checkCapacity();
  }

  void checkNetwork(ApplicationNetwork network) {
    PlaceChecks.checkNetwork(findings, network, Stack.of(application));
    NetworkChecks.check(findings, network);
    settings.capacityLimit().ifPresent(limit -> checkAddresses(network, limit));
    NetworkChecks.checkAtSynth(application, findings, network, settings);
  }

  void checkNoNetwork() {
    NetworkChecks.checkAbsence(
        findings, settings.vpcSubnets != null, !settings.securityGroups.isEmpty());
    ReachChecks.checkWithoutVpc(findings, settings.runtimeConfiguration());
  }

  /** Tags may still come from aspects, so they are known only at synth. */
  void checkTagsAtSynth(CfnApplication resource) {
    application
        .getNode()
        .addValidation(
            () -> TagChecks.problems(resource.getTags().tagValues(), Stack.of(resource)));
  }

  private void checkCapacity() {
    Optional<SessionFootprint> session = session();
    capacity.checkPromises();
    WorkerChecks.checkNeeds(findings, settings.sparkConf());
    session.ifPresent(capacity::checkSessions);
    settings.capacityLimit().ifPresentOrElse(this::checkLimit, capacity::warnOfNoLimit);
    settings.warmPool().ifPresent(this::checkPool);
  }

  private void checkLimit(CapacityLimit limit) {
    capacity.checkLimit(limit);
    session().ifPresent(session -> capacity.checkSessionsWithin(limit, session));
  }

  private void checkPool(WarmPool pool) {
    capacity.checkPool(pool);
    WorkerChecks.checkPool(findings, pool);
    WarmPoolChecks.check(findings, pool, settings.sparkConf(), settings.autoStopEnabled);
    settings.capacityLimit().ifPresent(limit -> capacity.checkPoolWithin(limit, pool));
  }

  private void checkAddresses(ApplicationNetwork network, CapacityLimit limit) {
    session()
        .map(SessionFootprint::smallestWorker)
        .ifPresent(worker -> NetworkChecks.checkAddresses(findings, network, limit, worker));
  }

  /** Empty if tokens hide a size. */
  private Optional<SessionFootprint> session() {
    return SessionFootprint.of(settings.sparkConf());
  }
}
