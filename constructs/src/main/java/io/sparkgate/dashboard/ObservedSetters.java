package io.sparkgate.dashboard;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** The setters of what looks at one application and at the functions that watch it. */
abstract class ObservedSetters<B extends ObservedSetters<B>> {

  final Construct scope;
  final String id;
  final List<WatchingFunction> functions = new ArrayList<>();
  final List<String> subnetIds = new ArrayList<>();
  @Nullable IEmrServerlessApplication application;
  @Nullable IdleSessionReaper reaper;
  @Nullable SessionMonitor monitor;
  String runbook = "docs/operations.md";

  ObservedSetters(Construct scope, String id) {
    this.scope = requireNonNull(scope, "scope");
    this.id = requireNonNull(id, "id");
  }

  abstract B self();

  /**
   * Sets what is looked at. Required.
   *
   * @param application one whose name is known, by which CloudWatch finds its metrics
   * @return this builder
   */
  public B application(IEmrServerlessApplication application) {
    this.application = requireNonNull(application, "application");
    return self();
  }

  /**
   * Sets the reaper. Default: none.
   *
   * @param reaper what ends sessions that nobody uses
   * @return this builder
   */
  public B reaper(IdleSessionReaper reaper) {
    this.reaper = requireNonNull(reaper, "reaper");
    return add("reaper", reaper.getFunctions());
  }

  /**
   * Sets the guard. Default: none.
   *
   * @param guard what notices that the application takes no sessions
   * @return this builder
   */
  public B guard(SessionGuard guard) {
    return add("guard", guard.getFunctions());
  }

  /**
   * Sets the takeover alarm. Default: none.
   *
   * @param takeoverAlarm what compares who fetched an endpoint with who started the session
   * @return this builder
   */
  public B takeoverAlarm(TakeoverAlarm takeoverAlarm) {
    return add("takeover", takeoverAlarm.getFunctions());
  }

  /**
   * Sets the monitor, which watches the application too. Default: none, and then nobody counts
   * sessions, owners and dollars.
   *
   * @param monitor what tells who uses what
   * @return this builder
   */
  public B monitor(SessionMonitor monitor) {
    this.monitor = requireNonNull(monitor, "monitor");
    return add("monitor", monitor.getFunctions());
  }

  /**
   * Adds subnets of the workers, whose free addresses the monitor counts. Default: none.
   *
   * @param subnets those that the monitor was given
   * @return this builder
   */
  public B subnets(List<? extends ISubnet> subnets) {
    subnets.forEach(subnet -> subnetIds.add(subnet.getSubnetId()));
    return self();
  }

  /**
   * Sets where the page on operations is, to which an anchor is added. Default: {@code
   * docs/operations.md}, as it stands in Sparkgate's repository.
   *
   * @param runbook for example {@code https://wiki.example.com/spark/operations}
   * @return this builder
   */
  public B runbook(String runbook) {
    this.runbook = requireNonNull(runbook, "runbook");
    return self();
  }

  private B add(String kind, List<? extends IFunction> made) {
    for (IFunction function : made) {
      functions.add(new WatchingFunction(kind, function));
    }
    return self();
  }

  /**
   * Refuses what there is nothing to say of.
   *
   * @throws IllegalArgumentException if no application was named, or one of another account or
   *     Region, whose metrics no alarm here can see, or one that the monitor does not watch
   */
  final void check(Construct made) {
    Findings findings = new Findings(made);
    findings.errorIf(
        application == null,
        "application received nothing, but takes what is looked at; call application(application)");
    Place here = Place.of(Stack.of(made));
    Place there = Place.of(observed());
    findings.errorIf(
        there.differsFrom(here),
        """
        application received %s of %s, but takes one of its own account and Region, %s; look at it \
        from a stack there"""
            .formatted(observed().getNode().getPath(), there, here));
    checkMonitor(findings);
  }

  /** What nobody counts has no data for ever, and its alarm is content. */
  private void checkMonitor(Findings findings) {
    if (monitor == null) {
      findings.errorIf(
          !subnetIds.isEmpty(),
          "subnets received %s, but only a monitor counts their free addresses; call monitor(monitor), or leave them out"
              .formatted(subnetIds.size()));
      return;
    }
    SessionMonitor watching = monitor;
    findings.errorIf(
        !watching.watches(observed()),
        () ->
            "monitor received %s, which does not watch %s, so there would never be data; call watch(application) of the monitor's builder too"
                .formatted(watching.getNode().getPath(), observed().getNode().getPath()));
    for (String subnetId : subnetIds) {
      findings.errorIf(
          !watching.getSubnetIds().contains(subnetId),
          () ->
              "subnets received %s, whose free addresses %s does not count; call subnets(subnets) of the monitor's builder too"
                  .formatted(subnetId, watching.getNode().getPath()));
    }
  }

  final IEmrServerlessApplication observed() {
    return requireNonNull(application, "application");
  }

  /** Whether somebody counts sessions. */
  final boolean isMonitored() {
    return monitor != null;
  }

  /** The metrics of the application, by the monitor's interval, or 5 minutes without one. */
  final Series series() {
    IEmrServerlessApplication application = observed();
    return new Series(
        application,
        monitor == null
            ? Duration.minutes(5)
            : monitor.metricSessionsLive(application).getPeriod());
  }
}
