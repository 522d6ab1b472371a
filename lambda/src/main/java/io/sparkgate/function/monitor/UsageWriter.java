package io.sparkgate.function.monitor;

import io.sparkgate.function.Json;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.UsageObjects;
import io.sparkgate.function.monitor.MonitorReport.Figure;
import io.sparkgate.function.reaper.sweep.PacedTasks;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Writes the records of one pass. What is not written stays to be written. */
final class UsageWriter {

  private final PassContext pass;
  private final UsageObjects objects;
  private final PoolRecords pools;
  private final String prefix;
  private final PacedTasks.Lane lane;
  private final AtomicBoolean recordsDenied = new AtomicBoolean();
  private final AtomicBoolean poolsDenied = new AtomicBoolean();

  UsageWriter(
      PassContext pass, UsageObjects objects, PoolRecords pools, String prefix, PacedTasks tasks) {
    this.pass = pass;
    this.objects = objects;
    this.pools = pools;
    this.prefix = prefix;
    // S3 takes more than one function can write.
    this.lane = tasks.lane();
  }

  void add(Known known) {
    lane.add(
        () ->
            write(
                recordsDenied,
                prefix + UsageRecord.key(known),
                () -> {
                  objects.put(
                      prefix + UsageRecord.key(known),
                      Json.write(UsageRecord.of(known, architecture(known), pass.now())));
                  known.recorded();
                }));
  }

  void add(String application, Pool pool) {
    lane.add(
        () ->
            write(
                poolsDenied,
                "the pool of application " + application,
                () ->
                    pools.add(
                        objects,
                        application,
                        pool,
                        pass.memory().architecture(application),
                        pass.now())));
  }

  private @Nullable String architecture(Known known) {
    return pass.memory().architecture(known.work().listed().applicationId());
  }

  private interface Step {
    void run() throws ServiceCallException;
  }

  /** One of a kind that is denied is as good as all. */
  private void write(AtomicBoolean denied, String what, Step step) {
    if (denied.get()) {
      pass.report().count(Figure.LEFT, 1);
      return;
    }
    try {
      step.run();
      pass.report().count(Figure.RECORDS, 1);
    } catch (ServiceCallException e) {
      if (e.kind() == Kind.DENIED && !denied.compareAndSet(false, true)) {
        pass.report().count(Figure.LEFT, 1);
        return;
      }
      pass.report().undone("usageRecord", what, e);
    }
  }
}
