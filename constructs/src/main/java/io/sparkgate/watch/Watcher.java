package io.sparkgate.watch;

import io.sparkgate.border.Configuration;
import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.Findings;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.Construct;

/** What watches applications: for each hundred a function, and an alarm of its errors. */
public abstract class Watcher extends Construct {

  private final Alarms alarms;
  private final List<List<IEmrServerlessApplication>> groups;
  private final List<Function> functions = new ArrayList<>();
  private final List<Alarm> errorsAlarms = new ArrayList<>();

  Watcher(WatchSetters<?> props) {
    this(props, Watched.CHARACTERS_PER_FUNCTION);
  }

  /**
   * Takes the applications.
   *
   * @param props the builder
   * @param charactersOfIds what the ids of one function's applications may have together: all
   *     variables of a function may have 4 KB
   */
  protected Watcher(WatchSetters<?> props, int charactersOfIds) {
    super(props.scope, props.id);
    alarms = new Alarms(this, props.alarmActions);
    groups = props.watched.byFunctionsOf(this, charactersOfIds);
  }

  /** {@return the functions, one for each hundred applications, in their order} */
  public List<IFunction> getFunctions() {
    return List.copyOf(functions);
  }

  /** {@return the logs of the functions, in their order} */
  public List<ILogGroup> getLogGroups() {
    return functions.stream().map(Function::getLogGroup).toList();
  }

  /** {@return one for each function, in their order} */
  protected final List<Alarm> errorsAlarms() {
    return List.copyOf(errorsAlarms);
  }

  final Alarms alarms() {
    return alarms;
  }

  /**
   * {@return the ARNs of applications}
   *
   * @param applications a group
   */
  protected static List<ApplicationArn> arns(List<IEmrServerlessApplication> applications) {
    return applications.stream()
        .map(application -> new ApplicationArn(application.getApplicationArn()))
        .toList();
  }

  /** {@return what is watched, each once} */
  protected final List<IEmrServerlessApplication> applications() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /** {@return how many functions there are, once they are laid out} */
  protected final int numberOfFunctions() {
    return groups.size();
  }

  /**
   * Lays out a function for each group, in a scope where the first has the ids of an only one.
   *
   * @param part is given the scope and the group
   */
  protected final void layOut(BiConsumer<Construct, List<IEmrServerlessApplication>> part) {
    for (List<IEmrServerlessApplication> group : groups) {
      part.accept(
          functions.isEmpty() ? this : new Construct(this, "Part" + (functions.size() + 1)), group);
    }
  }

  /**
   * Adds the function of a group, and the alarm that goes off when it fails.
   *
   * @param scope of the alarm
   * @param function the function
   * @param alarmId the id of the alarm's construct
   * @param says what it means when it goes off
   * @param period in which one error counts
   * @param missing what no call at all means
   */
  protected final void watchWith(
      Construct scope,
      Function function,
      String alarmId,
      String says,
      Duration period,
      TreatMissingData missing) {
    functions.add(function);
    errorsAlarms.add(alarms.errors(scope, function, alarmId, says, period, missing));
  }

  /**
   * Adds an alarm that goes off when a metric reaches 1; silence is fine.
   *
   * @param alarmId the id of its construct
   * @param says what it means when it goes off
   * @param metric the metric
   */
  protected final void alarmOf(String alarmId, String says, Metric metric) {
    alarms.atLeastOne(this, alarmId, says, metric, TreatMissingData.NOT_BREACHING);
  }

  /**
   * {@return a policy's rules on one session, in the words of the functions' configuration; none of
   * a dry run, which ends nothing}
   *
   * @param policy the policy
   */
  protected static Optional<Map<String, Object>> rules(IdlePolicy policy) {
    Map<String, Object> rules = policy.toConfiguration(1);
    rules.keySet().removeAll(List.of(Configuration.KEEP_TAG, Configuration.MAX_TERMINATIONS));
    return Boolean.TRUE.equals(rules.remove(Configuration.DRY_RUN))
        ? Optional.empty()
        : Optional.of(rules);
  }

  /**
   * {@return one function's share of all rates, in the words of the functions' configuration}
   *
   * @param requestRates the rates
   * @throws IllegalArgumentException if a rate is none
   */
  protected final Map<String, Object> share(RequestRates requestRates) {
    requestRates.check(new Findings(this));
    Map<String, Object> all =
        new LinkedHashMap<>(requestRates.toConfiguration(numberOfFunctions()));
    all.putAll(requestRates.toConfigurationOfJobRuns(numberOfFunctions()));
    all.remove(Configuration.CANCEL_JOB_RUN);
    return all;
  }
}
