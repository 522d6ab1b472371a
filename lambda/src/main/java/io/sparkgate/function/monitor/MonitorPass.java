package io.sparkgate.function.monitor;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.SessionEvent;
import io.sparkgate.function.aws.Subnets;
import io.sparkgate.function.aws.UsageObjects;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.monitor.MonitorReport.Figure;
import io.sparkgate.function.reaper.sweep.PacedTasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over the applications: read, tell, end and record, then put the events. */
final class MonitorPass {

  /**
   * Where things go; null where they go nowhere.
   *
   * @param pools what was written of them by this process
   */
  record Outlets(
      @Nullable UsageObjects objects,
      PoolRecords pools,
      @Nullable EventBus bus,
      @Nullable Subnets subnets) {}

  private final PassContext pass;
  private final Outlets outlets;
  private final Events events;
  private boolean somebodyThere;

  MonitorPass(PassContext pass, Outlets outlets) {
    this.pass = pass;
    this.outlets = outlets;
    this.events = new Events(pass.name());
  }

  void run() {
    pass.memory().begin(pass.now());
    PassContext shorter = pass.forReading();
    PacedTasks reading = shorter.tasks();
    ApplicationPass.Lanes lanes = new ApplicationPass.Lanes(shorter, reading);
    List<ApplicationPass> applications =
        pass.config().applications().stream()
            .map(id -> new ApplicationPass(id, shorter, lanes))
            .toList();
    applications.forEach(ApplicationPass::begin);
    reading.run();
    PacedTasks writing = pass.tasks();
    UsageWriter writer = writer(writing);
    applications.forEach(application -> tell(application, writer));
    OwnerLimits limits = pass.config().owners();
    if (limits != null) {
      OwnerEnds ends = new OwnerEnds(pass, writing, events, limits);
      new OwnerPass(pass, events, limits, ends).run(sure(applications));
    }
    writing.run();
    subnets();
    putEvents();
    if (pass.memory().leftAgain(pass.report().leftSomething())) {
      pass.report().failLeft();
    }
  }

  /** Where not all was read, somebody may count as there who is gone: nothing of it counts. */
  private List<Known> sure(List<ApplicationPass> applications) {
    List<Known> sure = new ArrayList<>();
    for (ApplicationPass one : applications) {
      if (one.isSure()) {
        sure.addAll(pass.memory().all(one.application()));
      } else {
        pass.report()
            .left(
                one.application(),
                "its sessions do not count for their owners' limits in this pass: not all of it"
                    + " could be read");
      }
    }
    return sure;
  }

  private @Nullable UsageWriter writer(PacedTasks tasks) {
    MonitorConfig.Usage usage = pass.config().usage();
    UsageObjects objects = outlets.objects();
    return usage == null || objects == null
        ? null
        : new UsageWriter(pass, objects, outlets.pools(), usage.prefix(), tasks);
  }

  private void tell(ApplicationPass one, @Nullable UsageWriter writer) {
    String id = one.application();
    Pool pool = Pool.of(one.capacity(), pass.memory().all(id));
    if (one.isSure()) {
      Figures figures =
          new Figures(
              pass.memory().all(id),
              pass.memory(),
              pass.config().prices(),
              pool,
              pass.memory().passed(id, pass.now()),
              pass.now());
      somebodyThere |=
          figures.isSomebodyThere() || pass.memory().all(id).stream().anyMatch(Known::runs);
      MetricLines.of(id, figures, pass.memory().owners(id, pass.config().mostOwners()), pass.now())
          .forEach(pass.report()::print);
    }
    for (Known known : pass.memory().all(id)) {
      moments(known);
      warn(known);
      if (writer != null && known.isToBeRecorded(pass.now())) {
        writer.add(known);
      }
    }
    if (writer != null && one.isSure() && pool.waits()) {
      writer.add(id, pool);
    }
  }

  private void moments(Known known) {
    Work work = known.work();
    for (Moment moment : Moment.values()) {
      Instant time = moment.of(work).orElse(null);
      String type = moment.event().orElse(null);
      if (time != null && type != null && pass.memory().isWorthTelling(time)) {
        events.add(
            SessionEvent.of(
                type,
                "%s:%s".formatted(work.id(), moment.label()),
                work.seen(),
                time,
                Events.fields(moment, work)),
            known.story().told);
      }
    }
  }

  /** Of what was looked at in this pass: its tags may have changed since another. */
  private void warn(Known known) {
    Warnings warnings = pass.warnings();
    if (warnings == null || !known.isLive() || !known.isFresh(pass.now())) {
      return;
    }
    Instant now = pass.clock().instant();
    known
        .work()
        .session()
        .flatMap(session -> warnings.of(session, now))
        .filter(one -> pass.memory().isWorthTelling(one.endsAt().minus(warnings.warn())))
        .ifPresent(
            one -> {
              Work work = known.work();
              boolean added =
                  events.add(
                      SessionEvent.of(
                          SessionEvents.IDLE_WARNING,
                          one.eventId(),
                          work.seen(),
                          now,
                          one.fields(pass.config().parameterPrefix())),
                      known.story().told);
              if (added) {
                pass.report().count(Figure.WARNED, 1);
                pass.report()
                    .decided(
                        work,
                        one.decision().rule(),
                        "warned",
                        "ends at %s unless it is used or kept: %s"
                            .formatted(one.endsAt(), one.decision().reason()));
              }
            });
  }

  private void subnets() {
    Subnets subnets = outlets.subnets();
    if (subnets == null || !somebodyThere) {
      return;
    }
    try {
      subnets
          .freeAddresses(pass.config().subnets())
          .forEach(
              (subnet, free) ->
                  pass.report().print(MetricLines.ofSubnet(subnet, free, pass.now())));
    } catch (ServiceCallException e) {
      pass.report().undone("subnets", "free addresses", e);
    }
  }

  private void putEvents() {
    List<EventBus.Refused> refused = events.put(outlets.bus());
    if (outlets.bus() != null) {
      pass.report().count(Figure.EVENTS, events.size() - refused.size());
    }
    for (EventBus.Refused each : refused) {
      String what = "%s %s".formatted(each.event().detailType(), each.event().detail());
      pass.report().undone("event", what, each.why());
    }
  }
}
