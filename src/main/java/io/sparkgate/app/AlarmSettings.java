package io.sparkgate.app;

import io.sparkgate.dashboard.AlarmKind;
import io.sparkgate.dashboard.SparkConnectAlarms;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;

/** When alarms on sessions go off, and which are left out. */
final class AlarmSettings {

  private static final String KINDS =
      Arrays.stream(AlarmKind.values()).map(AlarmKind::getId).collect(Collectors.joining("|"));

  private final Settings settings;
  private Consumer<SparkConnectAlarms.Builder> all = alarms -> {};

  private AlarmSettings(Settings settings) {
    this.settings = settings;
  }

  static Consumer<SparkConnectAlarms.Builder> of(Settings settings) {
    AlarmSettings read = new AlarmSettings(settings);
    read.whole("quotaPercent", SparkConnectAlarms.Builder::quotaPercent);
    read.whole("sessionsPercent", SparkConnectAlarms.Builder::sessionsPercent);
    read.whole("sessionsPerApplication", SparkConnectAlarms.Builder::sessionsPerApplication);
    read.whole("startFailures", SparkConnectAlarms.Builder::startFailures);
    read.whole("startMinutes", (alarms, most) -> alarms.startTime(Duration.minutes(most)));
    read.whole("busyMinutes", (alarms, most) -> alarms.busyTime(Duration.minutes(most)));
    read.whole("dollarsPerDay", SparkConnectAlarms.Builder::dollarsPerDay);
    read.whole("freeAddresses", SparkConnectAlarms.Builder::freeAddresses);
    read.without();
    settings.refuseOthers();
    return read.all;
  }

  private void whole(String name, BiConsumer<SparkConnectAlarms.Builder, Integer> setter) {
    OptionalInt number = settings.whole(name);
    if (number.isPresent()) {
      all = all.andThen(alarms -> setter.accept(alarms, number.getAsInt()));
    }
  }

  private void without() {
    List<String> leftOut =
        settings
            .texts("without", KINDS, "names of alarms, which are " + KINDS.replace("|", ", "))
            .orElse(List.of());
    for (AlarmKind kind : AlarmKind.values()) {
      if (leftOut.contains(kind.getId())) {
        all = all.andThen(alarms -> alarms.without(kind));
      }
    }
  }
}
