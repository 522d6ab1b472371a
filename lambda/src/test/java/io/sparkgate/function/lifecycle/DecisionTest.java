package io.sparkgate.function.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every state, policy, kind of work and stretch of time. Work is written as the states of sessions
 * and job runs; DRAIN waits for 30 minutes, so its deadline is at 45, that of the others at 15.
 */
class DecisionTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest(name = "{0} with {1} under {2} after {3} min: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      GONE       | none                 | REFUSE    |  0 | done
      TERMINATED | none                 | REFUSE    |  0 | done
      CREATED    | none                 | REFUSE    |  0 | done
      STOPPED    | none                 | REFUSE    |  0 | done
      GONE       | none                 | DRAIN     |  0 | done
      TERMINATED | none                 | DRAIN     |  0 | done
      CREATED    | none                 | DRAIN     |  0 | done
      STOPPED    | none                 | DRAIN     |  0 | done
      GONE       | none                 | TERMINATE |  0 | done
      TERMINATED | none                 | TERMINATE |  0 | done
      CREATED    | none                 | TERMINATE |  0 | done
      STOPPED    | none                 | TERMINATE |  0 | done
      STOPPED    | none                 | REFUSE    | 15 | done
      STOPPED    | none                 | DRAIN     | 45 | done
      GONE       | none                 | TERMINATE | 99 | done

      STOPPED    | none                 | LEAVE     |  0 | done
      STARTED    | none                 | LEAVE     |  0 | stop
      STOPPING   | none                 | LEAVE     |  0 | wait: the application is STOPPING
      STARTED    | IDLE                 | LEAVE     |  0 | done
      STARTED    | RUNNING              | LEAVE     | 15 | done
      STARTED    | TERMINATING          | LEAVE     |  0 | done

      CREATING   | none                 | REFUSE    |  0 | wait: the application is CREATING
      CREATING   | none                 | DRAIN     |  0 | wait: the application is CREATING
      CREATING   | none                 | TERMINATE |  0 | wait: the application is CREATING
      STOPPING   | none                 | REFUSE    | 14 | wait: the application is STOPPING
      STOPPING   | none                 | DRAIN     | 44 | wait: the application is STOPPING
      STOPPING   | none                 | TERMINATE | 14 | wait: the application is STOPPING
      UNKNOWN    | none                 | REFUSE    |  0 | wait: the application is UNKNOWN
      CREATING   | none                 | REFUSE    | 15 | fail: DEADLINE
      CREATING   | none                 | DRAIN     | 45 | fail: DEADLINE
      STOPPING   | none                 | REFUSE    | 15 | fail: DEADLINE
      STOPPING   | none                 | DRAIN     | 45 | fail: DEADLINE
      STOPPING   | none                 | TERMINATE | 15 | fail: DEADLINE
      UNKNOWN    | none                 | REFUSE    | 15 | fail: DEADLINE

      STARTING   | none                 | REFUSE    |  0 | stop
      STARTING   | none                 | DRAIN     |  0 | stop
      STARTING   | none                 | TERMINATE |  0 | stop
      STARTED    | none                 | REFUSE    |  0 | stop
      STARTED    | none                 | DRAIN     |  0 | stop
      STARTED    | none                 | TERMINATE |  0 | stop
      STARTED    | none                 | REFUSE    | 14 | stop
      STARTED    | none                 | DRAIN     | 30 | stop
      STARTED    | none                 | DRAIN     | 44 | stop
      STARTED    | none                 | REFUSE    | 15 | fail: DEADLINE
      STARTED    | none                 | DRAIN     | 45 | fail: DEADLINE
      STARTED    | none                 | TERMINATE | 15 | fail: DEADLINE

      STARTED    | TERMINATING          | REFUSE    |  0 | wait: work is ending
      STARTED    | CANCELLING           | REFUSE    |  0 | wait: work is ending
      STARTING   | CANCELLING           | REFUSE    |  0 | wait: work is ending
      STARTED    | TERMINATING          | DRAIN     |  0 | wait: work is ending
      STARTED    | CANCELLING           | DRAIN     | 31 | wait: work is ending
      STARTED    | TERMINATING          | TERMINATE |  0 | wait: work is ending
      STARTED    | TERMINATING,CANCELLING | TERMINATE | 14 | wait: work is ending
      STARTED    | TERMINATING          | REFUSE    | 15 | fail: DEADLINE
      STARTED    | CANCELLING           | DRAIN     | 45 | fail: DEADLINE
      STARTED    | TERMINATING          | TERMINATE | 15 | fail: DEADLINE

      STARTED    | IDLE                 | REFUSE    |  0 | fail: IN_USE
      STARTED    | BUSY                 | REFUSE    |  0 | fail: IN_USE
      STARTING   | SUBMITTED            | REFUSE    |  0 | fail: IN_USE
      STARTED    | RUNNING              | REFUSE    |  0 | fail: IN_USE
      STARTED    | IDLE,RUNNING         | REFUSE    |  0 | fail: IN_USE
      STARTED    | IDLE,TERMINATING     | REFUSE    |  0 | fail: IN_USE
      STARTED    | IDLE                 | REFUSE    | 15 | fail: IN_USE

      STARTED    | IDLE                 | DRAIN     |  0 | wait: the application is in use
      STARTED    | RUNNING              | DRAIN     | 29 | wait: the application is in use
      STARTING   | QUEUED               | DRAIN     | 29 | wait: the application is in use
      STARTED    | IDLE                 | DRAIN     | 30 | fail: DRAINED_TOO_LONG
      STARTED    | RUNNING,CANCELLING   | DRAIN     | 30 | fail: DRAINED_TOO_LONG
      STARTED    | IDLE                 | DRAIN     | 45 | fail: DRAINED_TOO_LONG

      STARTED    | IDLE                 | TERMINATE |  0 | end: IDLE
      STARTING   | SUBMITTED            | TERMINATE |  0 | end: SUBMITTED
      STARTED    | RUNNING              | TERMINATE | 14 | end: RUNNING
      STARTED    | IDLE,RUNNING         | TERMINATE |  0 | end: IDLE,RUNNING
      STARTED    | TERMINATING,BUSY,CANCELLING,PENDING | TERMINATE | 0 | end: BUSY,PENDING
      STARTED    | IDLE                 | TERMINATE | 15 | fail: DEADLINE
      """)
  void decides(ApplicationState state, String work, String policy, long minutes, String expected) {
    Step step =
        Decision.decide(
            new Observation(state, work(work)),
            policy(policy),
            START,
            START.plus(Duration.ofMinutes(minutes)));

    assertThat(text(step)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"REFUSE, 15", "TERMINATE, 15", "DRAIN, 45"})
  void givesUpNoMomentBeforeTheDeadline(String policy, long minutes) {
    Instant deadline = START.plus(Duration.ofMinutes(minutes));
    Observation stopping = new Observation(ApplicationState.STOPPING);

    assertThat(Decision.deadline(policy(policy), START)).isEqualTo(deadline);
    assertThat(Decision.decide(stopping, policy(policy), START, deadline.minusMillis(1)))
        .isInstanceOf(Step.Wait.class);
  }

  private static List<Work> work(String states) {
    List<Work> work = new ArrayList<>();
    if (!states.equals("none")) {
      for (String state : states.split(",")) {
        boolean ending = state.equals("TERMINATING") || state.equals("CANCELLING");
        boolean session = List.of("IDLE", "BUSY", "SUBMITTED", "TERMINATING").contains(state);
        work.add(
            new Work(
                session ? Work.Kind.SESSION : Work.Kind.JOB_RUN,
                "id",
                null,
                "arn:aws:iam::123456789012:user/alice",
                state,
                ending));
      }
    }
    return work;
  }

  private static StopPolicy policy(String name) {
    return switch (name) {
      case "REFUSE" -> new StopPolicy.Refuse();
      case "DRAIN" -> new StopPolicy.Drain(Duration.ofMinutes(30));
      case "TERMINATE" -> new StopPolicy.Terminate();
      case "LEAVE" -> new StopPolicy.LeaveAlone("for a reason");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String text(Step step) {
    if (step instanceof Step.Done) {
      return "done";
    } else if (step instanceof Step.Stop) {
      return "stop";
    } else if (step instanceof Step.Wait wait) {
      return "wait: " + wait.reason();
    } else if (step instanceof Step.End end) {
      return "end: " + String.join(",", end.work().stream().map(Work::state).toList());
    }
    return "fail: " + ((Step.Fail) step).cause();
  }
}
