package io.sparkgate.watch;

import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** What watches applications: for each hundred a function, and an alarm of its errors. */
abstract class Watcher extends Construct {

  private final Alarms alarms;
  private final List<List<IEmrServerlessApplication>> groups;
  private final List<IFunction> functions = new ArrayList<>();
  private final List<Alarm> errorsAlarms = new ArrayList<>();

  Watcher(WatchSetters<?> props) {
    super(props.scope, props.id);
    alarms = new Alarms(this, props.alarmActions);
    groups = props.watched.byFunctionsOf(this);
  }

  /** {@return the functions, one for each hundred applications, in their order} */
  public List<IFunction> getFunctions() {
    return List.copyOf(functions);
  }

  /** One for each function, in their order. */
  final List<Alarm> errorsAlarms() {
    return List.copyOf(errorsAlarms);
  }

  final Alarms alarms() {
    return alarms;
  }

  static List<ApplicationArn> arns(List<IEmrServerlessApplication> applications) {
    return applications.stream()
        .map(application -> new ApplicationArn(application.getApplicationArn()))
        .toList();
  }

  final int numberOfFunctions() {
    return groups.size();
  }

  /** Lays out a function for each group, in a scope where the first has the ids of an only one. */
  final void layOut(BiConsumer<Construct, List<IEmrServerlessApplication>> part) {
    for (List<IEmrServerlessApplication> group : groups) {
      part.accept(
          functions.isEmpty() ? this : new Construct(this, "Part" + (functions.size() + 1)), group);
    }
  }

  /** Adds the function of a group, and the alarm that goes off when it fails. */
  final void watchWith(
      Construct scope,
      Function function,
      String alarmId,
      String says,
      Duration period,
      TreatMissingData missing) {
    functions.add(function);
    errorsAlarms.add(alarms.errors(scope, function, alarmId, says, period, missing));
  }
}
