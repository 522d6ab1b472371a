package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.lifecycle.StopPolicy;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.watch.IdlePolicy;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awscdk.Duration;

/** What runs and for how long; a setting that is left out has the default of its construct. */
final class PlatformSettings {

  private PlatformSettings() {}

  static void hand(Settings settings, SparkConnectPlatform.Builder platform) {
    settings
        .text("releaseLabel", "emr-.+", "an EMR release such as \"emr-7.13.0\"")
        .map(label -> settings.make(() -> ReleaseLabel.of(label)))
        .ifPresent(label -> platform.application(a -> a.releaseLabel(label)));
    settings
        .text("architecture", "ARM64|X86_64", "\"ARM64\" or \"X86_64\"")
        .map(CpuArchitecture::valueOf)
        .ifPresent(architecture -> platform.application(a -> a.architecture(architecture)));
    CapacityLimit limit =
        settings
            .section("capacity")
            .map(PlatformSettings::capacity)
            .orElseGet(CapacityLimit::standard);
    OptionalInt quota = settings.whole("accountVcpuQuota");
    platform.application(
        a -> a.capacityLimit(quota.isPresent() ? limit.withinQuota(quota.getAsInt()) : limit));
    settings
        .section("warmPool")
        .map(PlatformSettings::warmPool)
        .ifPresent(pool -> platform.application(a -> a.warmPool(pool)));
    settings.section("warmHours").map(WarmHoursSettings::of).ifPresent(platform::warmHours);
    idlePolicy(settings).ifPresent(platform::idlePolicy);
    stopPolicy(settings, "onUpdate")
        .ifPresent(policy -> platform.lifecycle(l -> l.onUpdate(policy)));
    stopPolicy(settings, "onDelete")
        .ifPresent(policy -> platform.lifecycle(l -> l.onDelete(policy)));
  }

  private static CapacityLimit capacity(Settings settings) {
    int[] most = settings.onlyWholes("vcpu", "memoryGb", "diskGb");
    return settings.make(() -> CapacityLimit.of(most[0], most[1], most[2]));
  }

  private static WarmPool warmPool(Settings settings) {
    int[] pool = settings.onlyWholes("drivers", "executors", "vcpu", "memoryGb");
    return settings.make(
        () -> {
          WorkerSize size = WorkerSize.of(pool[2], pool[3]);
          return WarmPool.of(pool[0], size, pool[1], size);
        });
  }

  private static Optional<IdlePolicy> idlePolicy(Settings settings) {
    OptionalInt idleMinutes = settings.whole("idleMinutes");
    OptionalInt maxAge = settings.whole("maxAgeMinutes");
    boolean dryRun = settings.flag("dryRun");
    if (idleMinutes.isEmpty() && maxAge.isEmpty() && !dryRun) {
      return Optional.empty();
    }
    IdlePolicy policy =
        idleMinutes.isPresent()
            ? IdlePolicy.terminateAfter(Duration.minutes(idleMinutes.getAsInt()))
            : IdlePolicy.standard();
    if (maxAge.isPresent()) {
      policy = policy.maxAge(Duration.minutes(maxAge.getAsInt()));
    }
    return Optional.of(dryRun ? policy.dryRun() : policy);
  }

  static Optional<StopPolicy> stopPolicy(Settings settings, String name) {
    return settings
        .text(
            name,
            "refuse|terminate|drain ([1-9]|[123]\\d|40)",
            "\"refuse\", \"terminate\", or \"drain 30\" to wait for up to 30 minutes, 40 at most")
        .map(
            policy ->
                switch (policy) {
                  case "refuse" -> StopPolicy.refuse();
                  case "terminate" -> StopPolicy.terminate();
                  default ->
                      StopPolicy.drain(
                          Duration.minutes(Integer.parseInt(policy.substring("drain ".length()))));
                });
  }
}
