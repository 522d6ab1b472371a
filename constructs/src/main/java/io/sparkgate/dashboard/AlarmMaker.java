package io.sparkgate.dashboard;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/** Makes alarms, but for those that are left out. */
final class AlarmMaker {

  private final Construct scope;
  private final AlarmSetters<?> props;
  private final Map<AlarmKind, List<Alarm>> made = new EnumMap<>(AlarmKind.class);

  AlarmMaker(Construct scope, AlarmSetters<?> props) {
    this.scope = scope;
    this.props = props;
  }

  Map<AlarmKind, List<Alarm>> made() {
    return made;
  }

  /** No data is no trouble: so it is while nobody works. */
  void above(AlarmKind kind, IMetric metric, double threshold, Object... told) {
    make(
        kind,
        metric,
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold,
        1,
        TreatMissingData.NOT_BREACHING,
        told);
  }

  void atLeast(AlarmKind kind, IMetric metric, double threshold, Object... told) {
    make(
        kind,
        metric,
        ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        threshold,
        1,
        TreatMissingData.NOT_BREACHING,
        told);
  }

  void below(AlarmKind kind, IMetric metric, double threshold, Object... told) {
    make(
        kind,
        metric,
        ComparisonOperator.LESS_THAN_THRESHOLD,
        threshold,
        1,
        TreatMissingData.NOT_BREACHING,
        told);
  }

  /** Goes off when there is nothing for so many periods. */
  void missing(AlarmKind kind, IMetric metric, int periods) {
    make(
        kind,
        metric,
        ComparisonOperator.LESS_THAN_THRESHOLD,
        1,
        periods,
        TreatMissingData.BREACHING);
  }

  private void make(
      AlarmKind kind,
      IMetric metric,
      ComparisonOperator operator,
      double threshold,
      int periods,
      TreatMissingData missing,
      Object... told) {
    if (props.leftOut.contains(kind)) {
      return;
    }
    List<Alarm> ofKind = made.computeIfAbsent(kind, none -> new ArrayList<>());
    String id = ofKind.isEmpty() ? kind.getId() : kind.getId() + (ofKind.size() + 1);
    Alarm alarm =
        Alarm.Builder.create(scope, id)
            .alarmDescription(kind.says(props.runbook, told))
            .metric(metric)
            .comparisonOperator(operator)
            .threshold(threshold)
            .evaluationPeriods(periods)
            .treatMissingData(missing)
            .build();
    props.alarmActions.of(scope, alarm);
    ofKind.add(alarm);
  }
}
