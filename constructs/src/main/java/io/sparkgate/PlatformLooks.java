package io.sparkgate;

import io.sparkgate.dashboard.LogQueries;
import io.sparkgate.dashboard.SparkConnectAlarms;
import io.sparkgate.dashboard.SparkConnectDashboard;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.serverless.AutoStop;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.warm.WarmHours;
import io.sparkgate.warm.WorkingHours;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.constructs.Construct;

/** What the builder was told of what people see, and when the pool is warm. */
final class PlatformLooks {

  boolean hasDashboard = true;
  boolean hasAlarms = true;
  boolean hasLogQueries = true;
  boolean isDashboardTold = false;
  boolean isAlarmsTold = false;
  Consumer<SparkConnectDashboard.Builder> dashboard = settings -> {};
  Consumer<SparkConnectAlarms.Builder> alarms = settings -> {};
  @Nullable WorkingHours warmHours;

  /** What there is to look at. */
  record Seen(
      EmrServerlessApplication application,
      IdleSessionReaper reaper,
      SessionGuard guard,
      SessionMonitor monitor,
      List<? extends ISubnet> subnets) {}

  /** Refuses what was told to what is not made: it would vanish without a word. */
  void check(Construct platform, boolean isMonitored) {
    check(platform, isMonitored, isDashboardTold, hasDashboard, "dashboard(...)", "Dashboard");
    check(platform, isMonitored, isAlarmsTold, hasAlarms, "alarms(...)", "Alarms");
  }

  private static void check(
      Construct platform, boolean isMonitored, boolean told, boolean has, String verb, String of) {
    if (told && !(isMonitored && has)) {
      throw new IllegalArgumentException(
          "%s: %s received settings, but %s"
              .formatted(
                  platform.getNode().getPath(),
                  verb,
                  isMonitored
                      ? "without%s() leaves them out; take one of the two away".formatted(of)
                      : "a platform has these with a monitor only; call monitoring(), or make SparkConnect%s of your own"
                          .formatted(of)));
    }
  }

  Optional<SparkConnectDashboard> dashboard(Construct platform, Seen seen) {
    if (!hasDashboard) {
      return Optional.empty();
    }
    SparkConnectDashboard.Builder settings =
        SparkConnectDashboard.Builder.create(platform, "Dashboard")
            .application(seen.application)
            .reaper(seen.reaper)
            .guard(seen.guard)
            .monitor(seen.monitor)
            .subnets(seen.subnets);
    dashboard.accept(settings);
    return Optional.of(settings.build());
  }

  Optional<SparkConnectAlarms> alarms(
      Construct platform, Seen seen, List<IAlarmAction> alarmActions) {
    if (!hasAlarms) {
      return Optional.empty();
    }
    SparkConnectAlarms.Builder settings =
        SparkConnectAlarms.Builder.create(platform, "Alarms")
            .application(seen.application)
            .monitor(seen.monitor)
            .subnets(seen.subnets);
    alarmActions.forEach(settings::alarmAction);
    alarms.accept(settings);
    return Optional.of(settings.build());
  }

  Optional<LogQueries> logQueries(Construct platform, Seen seen) {
    return hasLogQueries
        ? Optional.of(
            LogQueries.Builder.create(platform, "LogQueries")
                .application(seen.application)
                .reaper(seen.reaper)
                .guard(seen.guard)
                .monitor(seen.monitor)
                .build())
        : Optional.empty();
  }

  /** What the application is given before anybody else has a say in it. */
  void prepare(EmrServerlessApplication.Builder application) {
    if (warmHours != null) {
      application.autoStop(AutoStop.after(WarmHours.autoStop(warmHours)));
    }
  }

  Optional<WarmHours> warmHours(
      Construct platform, EmrServerlessApplication application, List<IAlarmAction> alarmActions) {
    if (warmHours == null) {
      return Optional.empty();
    }
    WarmHours.Builder settings =
        WarmHours.Builder.create(platform, "WarmHours").application(application).hours(warmHours);
    alarmActions.forEach(settings::alarmAction);
    return Optional.of(settings.build());
  }
}
