package io.sparkgate.dashboard;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.AlarmActions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.constructs.Construct;

/** The setters of {@link SparkConnectAlarms}: when each goes off, and which are left out. */
abstract class AlarmSetters<B extends AlarmSetters<B>> extends ObservedSetters<B> {

  final Thresholds thresholds = new Thresholds();
  final Set<AlarmKind> leftOut = EnumSet.noneOf(AlarmKind.class);
  final AlarmActions alarmActions = new AlarmActions();

  AlarmSetters(Construct scope, String id) {
    super(scope, id);
  }

  /**
   * Sets at what share of the account's quota of vCPUs {@link AlarmKind#VCPU_NEAR_QUOTA} goes off.
   * Default: above 80 %.
   *
   * @param percent 1 to 100
   * @return this builder
   */
  public B quotaPercent(int percent) {
    thresholds.told(AlarmKind.VCPU_NEAR_QUOTA, "quotaPercent");
    thresholds.quotaPercent = percent;
    return self();
  }

  /**
   * Sets at what share of {@link #sessionsPerApplication(int)} {@link
   * AlarmKind#SESSIONS_NEAR_LIMIT} goes off. Default: at 80 %.
   *
   * @param percent 1 to 100
   * @return this builder
   */
  public B sessionsPercent(int percent) {
    thresholds.told(AlarmKind.SESSIONS_NEAR_LIMIT, "sessionsPercent");
    thresholds.sessionsPercent = percent;
    return self();
  }

  /**
   * Sets how many sessions the application takes: as many as its capacity limit holds, if these are
   * fewer than the service allows. Default: 25, the service's own limit unless AWS Support raised
   * it.
   *
   * @param sessions at least 1
   * @return this builder
   */
  public B sessionsPerApplication(int sessions) {
    thresholds.told(AlarmKind.SESSIONS_NEAR_LIMIT, "sessionsPerApplication");
    thresholds.sessionsPerApplication = sessions;
    return self();
  }

  /**
   * Sets how many failures in half an hour {@link AlarmKind#STARTS_FAIL} takes. Default: 3, because
   * one can be a setting of its caller's.
   *
   * @param failures at least 1
   * @return this builder
   */
  public B startFailures(int failures) {
    thresholds.told(AlarmKind.STARTS_FAIL, "startFailures");
    thresholds.failures = failures;
    return self();
  }

  /**
   * Sets how long nine sessions of ten may take until they can be used. Default: 5 minutes.
   *
   * @param startTime whole minutes, up to a week
   * @return this builder
   */
  public B startTime(Duration startTime) {
    thresholds.told(AlarmKind.STARTS_SLOW, "startTime");
    thresholds.startTime = requireNonNull(startTime, "startTime");
    return self();
  }

  /**
   * Sets how long a session may be BUSY. Default: 8 hours.
   *
   * @param busyTime whole minutes, up to a week
   * @return this builder
   */
  public B busyTime(Duration busyTime) {
    thresholds.told(AlarmKind.BUSY_TOO_LONG, "busyTime");
    thresholds.busyTime = requireNonNull(busyTime, "busyTime");
    return self();
  }

  /**
   * Sets what the sessions and job runs that end within a day may cost, as estimated. Default: no
   * budget, and no alarm.
   *
   * @param dollars above 0
   * @return this builder
   */
  public B dollarsPerDay(double dollars) {
    thresholds.told(AlarmKind.DOLLARS_OVER_BUDGET, "dollarsPerDay");
    thresholds.dollarsPerDay = dollars;
    return self();
  }

  /**
   * Sets below how many free addresses of a subnet {@link AlarmKind#FEW_ADDRESSES} goes off.
   * Default: 16.
   *
   * @param addresses at least 1
   * @return this builder
   */
  public B freeAddresses(int addresses) {
    thresholds.told(AlarmKind.FEW_ADDRESSES, "freeAddresses");
    thresholds.freeAddresses = addresses;
    return self();
  }

  /**
   * Leaves alarms out. Default: none is.
   *
   * @param kinds which; none that another call sets the threshold of
   * @return this builder
   */
  public B without(AlarmKind... kinds) {
    leftOut.addAll(List.of(kinds));
    return self();
  }

  /**
   * Adds what happens when an alarm goes off. Default: alarms only show their state.
   *
   * @param alarmAction for example an SnsAction, of a topic in the same Region
   * @return this builder
   */
  public B alarmAction(IAlarmAction alarmAction) {
    alarmActions.add(alarmAction);
    return self();
  }
}
