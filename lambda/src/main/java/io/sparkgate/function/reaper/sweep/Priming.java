package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * A rehearsal while the function starts: it connects, reads and decides once and ends nothing, so
 * that the first sweep finds connection and code ready. Lambda gives a starting function a whole
 * processor whatever its memory, and a running one only its part.
 */
final class Priming {

  /** Lambda ends a start after 10 seconds. */
  static final Duration BUDGET = Duration.ofSeconds(3);

  private Priming() {}

  /**
   * Takes two calls of the rate. What goes wrong is a line in the log and no more: the sweep will
   * fail by itself if it has to.
   */
  static void run(
      ReaperConfig config, EmrServerlessClient client, Pace pace, PrintStream log, Clock clock) {
    Instant start = clock.instant();
    Calls calls =
        new Calls(() -> BUDGET.minus(Duration.between(start, clock.instant())), () -> Calls.LIMIT);
    Sessions sessions = new Sessions(client, calls);
    Report unheard = new Report(new PrintStream(OutputStream.nullOutputStream()), clock);
    try {
      pace.of(Operation.LIST_SESSIONS).take();
      var page = sessions.page(config.applications().get(0), null);
      for (ListedSession session : page.items().stream().limit(1).toList()) {
        unheard.listed(session);
        pace.of(Operation.GET_SESSION).take();
        var found = sessions.get(session);
        if (found.isPresent()) {
          Decision decision = config.policy().decide(found.get(), start);
          unheard.decided(found.get(), decision, new Outcome(Kind.KEPT, decision.reason()));
        }
      }
      Map<String, Object> metrics = SweepRecord.metrics(config, unheard.tally(), Duration.ZERO);
      unheard.print(SweepRecord.of("priming", config, unheard.tally(), metrics, start));
    } catch (ServiceCallException | RuntimeException e) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("type", "priming");
      line.put("outcome", Kind.FAILED.label());
      line.put("reason", e.toString());
      new Report(log, clock).print(line);
    }
  }
}
