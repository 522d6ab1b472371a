package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.dashboard.SparkConnectAlarms;
import io.sparkgate.monitor.OwnerLimits;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.monitor.UsageStore;
import io.sparkgate.serverless.Prices;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IRole;

/** Whether somebody tells who uses what, how, and who may read it. */
final class MonitoringSettings {

  private final List<String> billReaders;
  private final Optional<Duration> every;
  private final Optional<Duration> warnBefore;
  private final Optional<OwnerLimits> limits;
  private final Optional<Prices> prices;
  private final WarnTopic warnTopic;
  private final boolean dashboard;
  private final Optional<Consumer<SparkConnectAlarms.Builder>> alarms;

  private MonitoringSettings(
      List<String> billReaders,
      Optional<Duration> every,
      Optional<Duration> warnBefore,
      Optional<OwnerLimits> limits,
      Optional<Prices> prices,
      WarnTopic warnTopic,
      boolean dashboard,
      Optional<Consumer<SparkConnectAlarms.Builder>> alarms) {
    this.billReaders = billReaders;
    this.every = every;
    this.warnBefore = warnBefore;
    this.limits = limits;
    this.prices = prices;
    this.warnTopic = warnTopic;
    this.dashboard = dashboard;
    this.alarms = alarms;
  }

  static Optional<MonitoringSettings> of(Settings environment) {
    List<String> billReaders = PeopleSettings.roles(environment, "billReaders");
    boolean dryRun = environment.flag("dryRun");
    Optional<MonitoringSettings> read =
        environment
            .section("monitoring")
            .map(
                monitoring -> {
                  MonitoringSettings all =
                      new MonitoringSettings(
                          billReaders,
                          minutes(monitoring, "everyMinutes"),
                          minutes(monitoring, "warnMinutes"),
                          monitoring.section("ownerLimits").map(limits -> limits(limits, dryRun)),
                          monitoring.section("prices").map(MonitoringSettings::prices),
                          WarnTopic.of(environment, monitoring),
                          monitoring.flag("dashboard", true),
                          monitoring.section("alarms").map(AlarmSettings::of));
                  monitoring.refuseOthers();
                  return all;
                });
    if (read.isEmpty() && !billReaders.isEmpty()) {
      throw environment.wrong(
          "billReaders",
          billReaders,
          "roles only beside \"monitoring\": {}, without which there is no bill to read");
    }
    return read;
  }

  private static Optional<Duration> minutes(Settings settings, String name) {
    OptionalInt minutes = settings.whole(name);
    return minutes.isPresent()
        ? Optional.of(Duration.minutes(minutes.getAsInt()))
        : Optional.empty();
  }

  /** What the reaper only says, the limits only say too. */
  private static OwnerLimits limits(Settings settings, boolean dryRun) {
    OptionalInt sessions = settings.whole("sessions");
    OptionalInt dollars = settings.whole("dailyDollars");
    boolean newest =
        settings
            .text("end", "longestIdle|newest", "\"longestIdle\" or \"newest\"")
            .filter("newest"::equals)
            .isPresent();
    boolean enforce = settings.flag("enforce");
    settings.refuseOthers();
    if (newest && sessions.isEmpty()) {
      throw settings.wrong("end", "newest", "it only beside \"sessions\", beyond which they end");
    }
    if (sessions.isEmpty() && dollars.isEmpty()) {
      throw settings.missingOneOf("sessions", "dailyDollars");
    }
    return settings.make(
        () -> {
          OwnerLimits limits = OwnerLimits.none();
          limits = sessions.isPresent() ? limits.atMost(sessions.getAsInt()) : limits;
          limits = dollars.isPresent() ? limits.dailyBudget(dollars.getAsInt()) : limits;
          limits = newest ? limits.endingNewest() : limits;
          return enforce && !dryRun ? limits.enforce() : limits;
        });
  }

  private static Prices prices(Settings settings) {
    double vcpuHour = settings.number("vcpuHour");
    double memoryGbHour = settings.number("memoryGbHour");
    double storageGbHour = settings.number("storageGbHour");
    String source =
        settings
            .text("source", "(?s).*", "where the prices are from and of when, in quotes")
            .orElseThrow(() -> settings.missing("source"));
    settings.refuseOthers();
    return settings.make(() -> Prices.of(vcpuHour, memoryGbHour, storageGbHour, source));
  }

  void hand(SparkConnectPlatform.Builder platform) {
    platform.monitoring(
        monitor -> {
          every.ifPresent(monitor::every);
          warnBefore.ifPresent(monitor::warnBefore);
          limits.ifPresent(monitor::ownerLimits);
          prices.ifPresent(monitor::prices);
        });
    alarms.ifPresent(platform::alarms);
    if (!dashboard) {
      platform.withoutDashboard();
    }
  }

  /** Who may read the bill, and who is told what will end. */
  void make(EnvironmentStack stack, SparkConnectPlatform platform) {
    SessionMonitor monitor = platform.getMonitor().orElseThrow();
    platform
        .getDashboard()
        .ifPresent(
            shown ->
                stack.output(
                    "Dashboard",
                    shown.getDashboard().getDashboardName(),
                    "What on-call looks at first, in CloudWatch"));
    warnTopic.hand(stack, monitor);
    IRole reader =
        stack.role("BillReader", "Reads who used how much, and nothing else", billReaders);
    platform.grantReadUsage(reader);
    platform.getLifecycle().keepUntilStopped(reader);
    UsageStore usage = monitor.getUsage().orElseThrow();
    stack.output("BillReaderRoleArn", reader.getRoleArn(), "What one assumes to read the bill");
    stack.output("UsageLocation", usage.getLocation(), "Where the records of usage are");
    stack.output(
        "UsageTable", usage.getDatabaseName() + "." + usage.getTableName(), "The same, for Athena");
  }
}
