package io.sparkgate.watch;

import io.sparkgate.border.Configuration;
import io.sparkgate.internal.Findings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How fast a reaper may call the service. The service limits each operation by account and Region,
 * for everybody who calls it there, so a reaper takes only its share.
 *
 * <p>AWS documents no rates for session operations. The defaults are those that it documents for
 * the operations of the same kind on job runs, ListJobRuns, GetJobRun and CancelJobRun. Where the
 * service takes less, the function slows down by itself.
 */
public final class RequestRates {

  private Rate listSessions = new Rate(1, 25);
  private Rate getSession = new Rate(10, 50);
  private Rate terminateSession = new Rate(1, 25);
  private Rate listJobRuns = new Rate(1, 25);
  private Rate getJobRun = new Rate(10, 50);
  private Rate cancelJobRun = new Rate(1, 25);
  private int percent = 50;

  private RequestRates() {}

  private record Rate(double perSecond, int burst) {}

  /**
   * Takes a share of the default rates: ListSessions and TerminateSession, ListJobRuns and
   * CancelJobRun each once a second and 25 at once, GetSession and GetJobRun 10 times a second and
   * 50 at once.
   *
   * @param percent of each rate, 1 to 100; reapers otherwise take 50
   * @return the rates
   */
  public static RequestRates share(int percent) {
    RequestRates rates = new RequestRates();
    rates.percent = percent;
    return rates;
  }

  /**
   * Sets the account's rate for ListSessions, of which the share is taken.
   *
   * @param perSecond requests a second, 0.1 to 1000
   * @param burst requests at once, 1 to 1000
   * @return new rates
   */
  public RequestRates listSessions(double perSecond, int burst) {
    return with(rates -> rates.listSessions = new Rate(perSecond, burst));
  }

  /**
   * Sets the account's rate for GetSession, of which the share is taken.
   *
   * @param perSecond requests a second, 0.1 to 1000
   * @param burst requests at once, 1 to 1000
   * @return new rates
   */
  public RequestRates getSession(double perSecond, int burst) {
    return with(rates -> rates.getSession = new Rate(perSecond, burst));
  }

  /**
   * Sets the account's rate for TerminateSession, of which the share is taken.
   *
   * @param perSecond requests a second, 0.1 to 1000
   * @param burst requests at once, 1 to 1000
   * @return new rates
   */
  public RequestRates terminateSession(double perSecond, int burst) {
    return with(rates -> rates.terminateSession = new Rate(perSecond, burst));
  }

  /**
   * Sets the account's rate for ListJobRuns, of which the share is taken where there is a {@link
   * JobRunPolicy}.
   *
   * @param perSecond requests a second, 0.1 to 1000
   * @param burst requests at once, 1 to 1000
   * @return new rates
   */
  public RequestRates listJobRuns(double perSecond, int burst) {
    return with(rates -> rates.listJobRuns = new Rate(perSecond, burst));
  }

  /**
   * Sets the account's rate for GetJobRun, of which the share is taken where there is a {@link
   * JobRunPolicy}.
   *
   * @param perSecond requests a second, 0.1 to 1000
   * @param burst requests at once, 1 to 1000
   * @return new rates
   */
  public RequestRates getJobRun(double perSecond, int burst) {
    return with(rates -> rates.getJobRun = new Rate(perSecond, burst));
  }

  /**
   * Sets the account's rate for CancelJobRun, of which the share is taken where there is a {@link
   * JobRunPolicy}.
   *
   * @param perSecond requests a second, 0.1 to 1000
   * @param burst requests at once, 1 to 1000
   * @return new rates
   */
  public RequestRates cancelJobRun(double perSecond, int burst) {
    return with(rates -> rates.cancelJobRun = new Rate(perSecond, burst));
  }

  void check(Findings findings) {
    findings.errorIf(
        percent < 1 || percent > 100,
        "requestRates received a share of %s percent, but takes 1 to 100".formatted(percent));
    Map<String, Rate> all = onSessions();
    all.putAll(onJobRuns());
    all.forEach(
        (operation, rate) -> {
          findings.errorIf(
              !(rate.perSecond >= 0.1 && rate.perSecond <= 1000),
              "requestRates received %s requests a second for %s, but takes 0.1 to 1000"
                  .formatted(rate.perSecond, operation));
          findings.errorIf(
              rate.burst < 1 || rate.burst > 1000,
              "requestRates received %s requests at once for %s, but takes 1 to 1000"
                  .formatted(rate.burst, operation));
        });
  }

  /**
   * The reaper's share for sessions in the words of the functions' configuration.
   *
   * @param functions among which it is divided
   */
  Map<String, Object> toConfiguration(int functions) {
    return shares(onSessions(), functions);
  }

  /** The same for job runs. */
  Map<String, Object> toConfigurationOfJobRuns(int functions) {
    return shares(onJobRuns(), functions);
  }

  private Map<String, Object> shares(Map<String, Rate> rates, int functions) {
    Map<String, Object> json = new LinkedHashMap<>();
    rates.forEach(
        (operation, rate) -> {
          Map<String, Object> share = new LinkedHashMap<>();
          share.put(
              Configuration.PER_SECOND,
              Math.max(1, Math.round(rate.perSecond * percent / functions)) / 100.0);
          share.put(Configuration.BURST, Math.max(1, rate.burst * percent / 100 / functions));
          json.put(operation, share);
        });
    return json;
  }

  private Map<String, Rate> onJobRuns() {
    Map<String, Rate> rates = new LinkedHashMap<>();
    rates.put(Configuration.LIST_JOB_RUNS, listJobRuns);
    rates.put(Configuration.GET_JOB_RUN, getJobRun);
    rates.put(Configuration.CANCEL_JOB_RUN, cancelJobRun);
    return rates;
  }

  private Map<String, Rate> onSessions() {
    Map<String, Rate> rates = new LinkedHashMap<>();
    rates.put(Configuration.LIST_SESSIONS, listSessions);
    rates.put(Configuration.GET_SESSION, getSession);
    rates.put(Configuration.TERMINATE_SESSION, terminateSession);
    return rates;
  }

  private RequestRates with(Consumer<RequestRates> change) {
    RequestRates copy = share(percent);
    copy.listSessions = listSessions;
    copy.getSession = getSession;
    copy.terminateSession = terminateSession;
    copy.listJobRuns = listJobRuns;
    copy.getJobRun = getJobRun;
    copy.cancelJobRun = cancelJobRun;
    change.accept(copy);
    return copy;
  }
}
