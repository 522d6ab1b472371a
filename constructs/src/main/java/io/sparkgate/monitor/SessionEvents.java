package io.sparkgate.monitor;

import static io.sparkgate.border.SessionEvents.FAILED;
import static io.sparkgate.border.SessionEvents.IDLE_WARNING;
import static io.sparkgate.border.SessionEvents.OWNER_BUDGET_WARNING;
import static io.sparkgate.border.SessionEvents.OWNER_LIMIT_REACHED;
import static io.sparkgate.border.SessionEvents.READY;
import static io.sparkgate.border.SessionEvents.SOURCE;
import static io.sparkgate.border.SessionEvents.STARTED;
import static io.sparkgate.border.SessionEvents.TAKEOVER_SUSPECTED;
import static io.sparkgate.border.SessionEvents.TERMINATED_BY_POLICY;

import java.util.List;

/**
 * The events that monitor, reaper and takeover alarm put on a bus, because the service puts none
 * about sessions. Each has {@code applicationId}, {@code sessionId}, {@code owner}, {@code time}
 * and an {@code eventId}, which is the same however often one moment is told: it comes once or
 * more.
 */
public final class SessionEvents {

  private SessionEvents() {}

  /**
   * A session was asked for.
   *
   * @return the filter
   */
  public static EventFilter started() {
    return of(STARTED);
  }

  /**
   * A session can be connected to; {@code readySeconds} says how long that took.
   *
   * @return the filter
   */
  public static EventFilter ready() {
    return of(READY);
  }

  /**
   * The reaper will end a session: {@code endsAt} says when, {@code keepCommand} what keeps it.
   *
   * @return the filter
   */
  public static EventFilter idleWarning() {
    return of(IDLE_WARNING);
  }

  /**
   * The reaper, or a limit of owners, ended a session; {@code rule} and {@code reason} say why.
   *
   * @return the filter
   */
  public static EventFilter terminatedByPolicy() {
    return of(TERMINATED_BY_POLICY);
  }

  /**
   * A session failed; {@code stateDetails} says what the service says.
   *
   * @return the filter
   */
  public static EventFilter failed() {
    return of(FAILED);
  }

  /**
   * Somebody fetched the endpoint of another's session. Of a {@code TakeoverAlarm} that was told a
   * bus.
   *
   * @return the filter
   */
  public static EventFilter takeoverSuspected() {
    return of(TAKEOVER_SUSPECTED);
  }

  /**
   * An owner comes near the day's budget.
   *
   * @return the filter
   */
  public static EventFilter ownerBudgetWarning() {
    return of(OWNER_BUDGET_WARNING);
  }

  /**
   * An owner has more sessions than it may, or has spent the day's budget; {@code dryRun} says
   * whether anything ended.
   *
   * @return the filter
   */
  public static EventFilter ownerLimitReached() {
    return of(OWNER_LIMIT_REACHED);
  }

  static EventFilter of(String... detailTypes) {
    return EventFilter.of(SOURCE, List.of(detailTypes));
  }
}
