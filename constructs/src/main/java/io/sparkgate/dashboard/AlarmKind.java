package io.sparkgate.dashboard;

import java.util.Locale;

/** The alarms of {@link SparkConnectAlarms}; each is the id of its construct too. */
public enum AlarmKind {
  /** All EMR Serverless of the account comes near its quota of vCPUs. */
  VCPU_NEAR_QUOTA(
      "VcpuNearQuota",
      "The account uses over %s %% of the vCPUs that it may on EMR Serverless: soon sessions and"
          + " job runs of all applications wait, or fail"),
  /** The sessions that live come near what the application takes. */
  SESSIONS_NEAR_LIMIT(
      "SessionsNearLimit",
      "%s or more sessions live, of the %s that the application takes: soon StartSession is"
          + " refused"),
  /** Sessions fail. */
  STARTS_FAIL(
      "StartsFail",
      "%s or more sessions failed within half an hour, at their start or while they worked"),
  /** Sessions take long until they can be used. */
  STARTS_SLOW(
      "StartsSlow",
      "Of the sessions that started within half an hour, one in ten, or the only one, took over %s"
          + " minutes until it could be used"),
  /** A session has been BUSY for long. */
  BUSY_TOO_LONG(
      "BusyTooLong",
      "A session has been BUSY for over %s minutes, and no rule on idle sessions ends it"),
  /** What ended within a day cost more than its budget. */
  DOLLARS_OVER_BUDGET(
      "DollarsOverBudget",
      "Sessions and job runs that ended within a day cost over USD %s, as estimated"),
  /** A subnet has few addresses left. */
  FEW_ADDRESSES(
      "FewAddresses",
      "Subnet %s has fewer than %s addresses left, and each worker takes one: soon workers cannot"
          + " start"),
  /** The monitor does not run. */
  MONITOR_MISSING(
      "MonitorMissing",
      "The session monitor has not run for three intervals: nobody counts sessions, warns, or"
          + " writes the bill, and the other alarms on sessions are blind");

  private final String id;
  private final String means;

  AlarmKind(String id, String means) {
    this.id = id;
    this.means = means;
  }

  /** {@return the id of its construct, by which people know it, such as {@code BusyTooLong}} */
  public String getId() {
    return id;
  }

  /** What the alarm says: what it means, and where it stands what to do. */
  String says(String runbook, Object... limits) {
    return "%s. What to do: %s".formatted(means.formatted(limits), screen(runbook));
  }

  /** Where it stands what to do. */
  String screen(String runbook) {
    return runbook + "#" + id.toLowerCase(Locale.ROOT);
  }
}
