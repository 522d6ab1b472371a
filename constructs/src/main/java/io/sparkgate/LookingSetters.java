package io.sparkgate;

import static java.util.Objects.requireNonNull;

import io.sparkgate.dashboard.LogQueries;
import io.sparkgate.dashboard.SparkConnectAlarms;
import io.sparkgate.dashboard.SparkConnectDashboard;
import io.sparkgate.warm.WarmHours;
import io.sparkgate.warm.WorkingHours;
import java.util.function.Consumer;

/**
 * What people see of a platform that is monitored, and when its pool is warm.
 *
 * @param <B> the builder
 */
abstract class LookingSetters<B extends LookingSetters<B>> extends WatchingSetters<B> {

  /**
   * Changes the dashboard, which a platform with {@link #monitoring} has. Default: {@link
   * SparkConnectDashboard}'s.
   *
   * @param settings is given the dashboard's builder
   * @return this builder
   */
  public B dashboard(Consumer<SparkConnectDashboard.Builder> settings) {
    parts.looks.isDashboardTold = true;
    parts.looks.dashboard = parts.looks.dashboard.andThen(settings);
    return self();
  }

  /**
   * Leaves the dashboard out. Default: one is made with {@link #monitoring}; an account has three
   * for nothing.
   *
   * @return this builder
   */
  public B withoutDashboard() {
    parts.looks.hasDashboard = false;
    return self();
  }

  /**
   * Changes the alarms, which a platform with {@link #monitoring} has. Default: {@link
   * SparkConnectAlarms}'s, told to every {@link #alarmAction}.
   *
   * @param settings is given the alarms' builder
   * @return this builder
   */
  public B alarms(Consumer<SparkConnectAlarms.Builder> settings) {
    parts.looks.isAlarmsTold = true;
    parts.looks.alarms = parts.looks.alarms.andThen(settings);
    return self();
  }

  /**
   * Leaves these alarms out; reaper, guard and monitor keep theirs. Default: they are made with
   * {@link #monitoring}.
   *
   * @return this builder
   */
  public B withoutAlarms() {
    parts.looks.hasAlarms = false;
    return self();
  }

  /**
   * Leaves {@link LogQueries} out. Default: they are made with {@link #monitoring}, and cost
   * nothing.
   *
   * @return this builder
   */
  public B withoutLogQueries() {
    parts.looks.hasLogQueries = false;
    return self();
  }

  /**
   * Keeps the warm pool in hours only, and lets the application stop by itself after as many
   * without a session, unless {@link SparkConnectPlatform.Builder#application} says otherwise; see
   * {@link WarmHours}. Default: the pool is there while the application is started.
   *
   * @param hours the hours
   * @return this builder
   */
  public B warmHours(WorkingHours hours) {
    parts.looks.warmHours = requireNonNull(hours, "hours");
    return self();
  }
}
