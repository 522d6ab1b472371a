package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.TimeConversionOptions;

/** When the application starts and stops by itself. */
final class LifecycleChecks {

  private static final int MAX_MINUTES = 10_080;
  private static final TimeConversionOptions FRACTIONS =
      TimeConversionOptions.builder().integral(false).build();

  private LifecycleChecks() {}

  static void check(Findings findings, boolean autoStart, Duration autoStop) {
    findings.warnIf(
        !autoStart,
        "autoStartOff",
        () ->
            "with autoStart off, StartSession fails until somebody calls StartApplication; keep"
                + " autoStart on, or start the application before people work");
    findings.errorIf(
        !Known.isIn(autoStop, "minutes"), () -> Known.mustBeIn("autoStop", autoStop, "minutes"));
    findings.errorIf(
        !autoStop.isUnresolved() && !isWholeMinutes(autoStop),
        () ->
            "autoStop is "
                + autoStop.toHumanString()
                + "; use whole minutes from 1 to "
                + MAX_MINUTES
                + ", or noAutoStop()");
  }

  private static boolean isWholeMinutes(Duration autoStop) {
    double minutes = autoStop.toMinutes(FRACTIONS).doubleValue();
    return minutes >= 1 && minutes <= MAX_MINUTES && minutes == Math.rint(minutes);
  }
}
