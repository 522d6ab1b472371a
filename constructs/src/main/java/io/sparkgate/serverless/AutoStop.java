package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Minutes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStartConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStopConfigurationProperty;

/** When an application stops by itself, and whether it starts by itself. */
public final class AutoStop {

  private static final int MAX_MINUTES = 10_080;

  private final @Nullable Duration idle;
  private final boolean autoStart;

  private AutoStop(@Nullable Duration idle, boolean autoStart) {
    this.idle = idle;
    this.autoStart = autoStart;
  }

  /**
   * Stops the application once it was without a session for so long.
   *
   * @param idle whole minutes from 1 to 10080
   * @return when to stop; the first session starts the application again
   */
  public static AutoStop after(Duration idle) {
    return new AutoStop(requireNonNull(idle, "idle"), true);
  }

  /**
   * Keeps the application started until somebody stops it.
   *
   * @return when to stop
   */
  public static AutoStop never() {
    return new AutoStop(null, true);
  }

  /**
   * Starts the application for no session: somebody calls StartApplication instead.
   *
   * @return the same, without a start
   */
  public AutoStop withoutAutoStart() {
    return new AutoStop(idle, false);
  }

  boolean isOn() {
    return idle != null;
  }

  Optional<Duration> idle() {
    return Optional.ofNullable(idle);
  }

  boolean startsByItself() {
    return autoStart;
  }

  void check(Findings findings) {
    findings.warnIf(
        !autoStart,
        "autoStartOff",
        """
        with autoStop withoutAutoStart(), StartSession fails until somebody calls \
        StartApplication; leave that out, or start the application before people work""");
    if (idle != null) {
      findings.errorIf(!Known.isIn(idle, "minutes"), Known.mustBeIn("autoStop", idle, "minutes"));
      findings.errorIf(
          !idle.isUnresolved() && !Minutes.wholeMinutesUpTo(MAX_MINUTES, idle),
          "autoStop is %s; use whole minutes from 1 to %s, or AutoStop.never()"
              .formatted(idle.toHumanString(), MAX_MINUTES));
    }
  }

  AutoStartConfigurationProperty renderStart() {
    return AutoStartConfigurationProperty.builder().enabled(autoStart).build();
  }

  AutoStopConfigurationProperty renderStop() {
    var configuration = AutoStopConfigurationProperty.builder().enabled(idle != null);
    return idle != null
        ? configuration.idleTimeoutMinutes(idle.toMinutes()).build()
        : configuration.build();
  }
}
