package io.sparkgate.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.sqs.IQueue;

/** The function that sweeps, one sweep at a time. */
public final class SweepFunction {

  private static final int LAMBDA_MINUTES = 15;

  private final Function function;
  private final boolean snapStart;

  /**
   * Makes the function.
   *
   * @param props of {@link JarFunction}
   * @param deadLetterQueue where the events of sweeps go that failed
   * @param every the interval
   * @param variable the name of the variable that holds the configuration
   * @param configuration a document in JSON
   * @param snapStart whether it starts from a snapshot
   */
  public SweepFunction(
      Function.Builder props,
      IQueue deadLetterQueue,
      Duration every,
      String variable,
      String configuration,
      boolean snapStart) {
    this.snapStart = snapStart;
    props
        .environment(environment(variable, configuration, snapStart))
        .timeout(atMostLambdaAllows(every))
        // A late or failed sweep is not repeated: the next one does its work.
        .retryAttempts(0)
        .maxEventAge(atLeastAMinute(every))
        .deadLetterQueue(deadLetterQueue)
        .reservedConcurrentExecutions(1);
    if (snapStart) {
      props.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
      // The settings above are those of $LATEST; a version has its own.
      props.currentVersionOptions(
          VersionOptions.builder().retryAttempts(0).maxEventAge(atLeastAMinute(every)).build());
    }
    function = props.build();
  }

  private static Map<String, String> environment(
      String variable, String configuration, boolean snapStart) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put(variable, configuration);
    if (snapStart) {
      // Java 25 compiles twice where there is a snapshot; for seconds of work once is cheaper.
      environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    }
    return environment;
  }

  /** Returns the function. */
  public Function function() {
    return function;
  }

  /** What the schedule invokes: snapshots exist for published versions only. */
  public IFunction target() {
    return snapStart ? function.getCurrentVersion() : function;
  }

  /** The least and the most age of an event that Lambda and Scheduler accept: 1 minute, 6 hours. */
  static Duration atLeastAMinute(Duration every) {
    return Duration.minutes(Math.min(6 * 60, Math.max(1, every.toMinutes().longValue())));
  }

  private static Duration atMostLambdaAllows(Duration every) {
    return Duration.minutes(Math.min(LAMBDA_MINUTES, Math.max(1, every.toMinutes().longValue())));
  }
}
