package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** All checks of one application, in the order in which its user hears of them. */
final class ApplicationChecks {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._/#-]{1,64}");

  /**
   * Where CloudFormation could not make an application, or none with sessions. Read from the
   * resource schemas in cfn-lint 1.51.0, which say nothing about the service itself: it has
   * endpoints in more Regions, and AWS adds to them, so both lists only warn.
   */
  private static final List<String> WITHOUT_RESOURCE_TYPE =
      List.of("ap-east-2", "ap-southeast-6", "ap-southeast-7", "mx-central-1");

  private static final List<String> WITHOUT_SESSIONS =
      List.of(
          "cn-north-1",
          "cn-northwest-1",
          "me-central-1",
          "me-south-1",
          "us-gov-east-1",
          "us-gov-west-1");

  private static final String AS_OF =
      " when this version was made; deploy the stack to another Region, or acknowledge this if it"
          + " has by now";

  private final Construct application;
  private final ApplicationSettings settings;
  private final Findings findings;
  private final CapacityChecks capacity;

  ApplicationChecks(Construct application, ApplicationSettings settings) {
    this.application = application;
    this.settings = settings;
    findings = new Findings(application);
    capacity = new CapacityChecks(findings, settings.capacityLimit, settings.type);
  }

  void checkSettings() {
    Stack stack = Stack.of(application);
    checkRegion(stack.getRegion());
    FeatureChecks.check(findings, settings, application);
    ReleaseChecks.check(findings, settings);
    TypeChecks.check(findings, settings, stack);
    BatchFeatureChecks.check(findings, settings);
    new FeaturePairChecks(findings, settings, settings.target(application)).check();
    settings
        .images()
        .ifPresent(
            images -> images.check(findings, settings.architecture, settings.releaseLabel, stack));
    settings.autoStop.check(findings);
    LogChecks.check(findings, settings.logs, stack);
    ClassificationChecks.check(findings, settings.runtime);
    SparkValueChecks.check(findings, settings.sparkConf().settings());
    SparkConfChecks.check(findings, settings);
    checkName(settings.applicationName(application));
    checkCapacity();
  }

  void checkNetwork(Optional<ApplicationNetwork> given) {
    given.ifPresentOrElse(this::checkNetwork, this::checkNoNetwork);
  }

  private void checkNetwork(ApplicationNetwork network) {
    PlaceChecks.checkNetwork(findings, network, Stack.of(application));
    NetworkChecks.check(findings, network);
    BatchFeatureChecks.checkNetwork(findings, settings.features, network);
    settings
        .capacityLimit
        .most()
        .ifPresent(most -> NetworkChecks.checkAddresses(findings, network, most, session()));
    ReachChecks.checkAtSynth(application, findings, network, settings);
  }

  private void checkNoNetwork() {
    findings.errorIf(
        !settings.securityGroups.isEmpty(), "securityGroups is set without a VPC; set vpc too");
    FeatureChecks.checkWithoutVpc(findings, settings.features);
    ReachChecks.checkWithoutVpc(findings, settings.runtime.classifications());
  }

  private void checkRegion(String region) {
    findings.warnIf(
        WITHOUT_RESOURCE_TYPE.contains(region),
        "regionWithoutSessions",
        "CloudFormation had no AWS::EMRServerless::Application in %s%s".formatted(region, AS_OF));
    findings.warnIf(
        settings.type.takesSessions() && WITHOUT_SESSIONS.contains(region),
        "regionWithoutSessions",
        """
        CloudFormation could not enable sessions in %s, where AWS::EMRServerless::Application had \
        no SessionEnabled%s"""
            .formatted(region, AS_OF));
  }

  private void checkName(String name) {
    if (Tokens.isUnresolved(name)) {
      return;
    }
    findings.errorIf(
        !NAME.matcher(name).matches(),
        """
        applicationName '%s' is not a name that the service accepts; use 1 to 64 of A-Z a-z 0-9 \
        . _ / # -"""
            .formatted(name));
    findings.warnIf(
        DefaultName.ACCOUNT.matcher(name).find(),
        "accountInName",
        """
        applicationName '%s' seems to contain an account number, and names show up in bills and \
        diagnostics; leave it out"""
            .formatted(name));
  }

  private void checkCapacity() {
    SparkConf conf = settings.sparkConf();
    capacity.checkPromises();
    WorkerChecks.checkNeeds(findings, conf);
    session().ifPresent(capacity::checkSessions);
    capacity.checkLimit(session());
    settings.warmPool().ifPresent(pool -> checkPool(pool, conf));
  }

  private void checkPool(WarmPool pool, SparkConf conf) {
    capacity.checkPool(pool);
    WorkerChecks.checkPool(findings, pool);
    WarmPoolChecks.check(findings, pool, conf, settings.autoStop.isOn());
    capacity.checkPoolWithin(pool);
  }

  /** Empty if tokens hide a size. */
  private Optional<SessionFootprint> session() {
    return SessionFootprint.of(settings.sparkConf());
  }
}
