package io.sparkgate.function.monitor;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.reaper.SessionState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens once in the life of a session, or of a job run where it says so. */
enum Moment {
  STARTED("started", SessionEvents.STARTED) {
    @Override
    Optional<Instant> of(Work work) {
      return sessionsOnly(work, work.listed().createdAt());
    }
  },
  READY("ready", SessionEvents.READY) {
    @Override
    Optional<Instant> of(Work work) {
      return sessionsOnly(work, work.startedAt());
    }
  },
  FAILED("failed", SessionEvents.FAILED) {
    @Override
    Optional<Instant> of(Work work) {
      return work.in(SessionState.FAILED) ? Optional.of(end(work)) : Optional.empty();
    }
  },
  ENDED("ended", null) {
    @Override
    Optional<Instant> of(Work work) {
      return work.isOver() ? sessionsOnly(work, end(work)) : Optional.empty();
    }
  },
  /** Of a job run too: what was billed for it is final. */
  BILLED("billed", null) {
    @Override
    Optional<Instant> of(Work work) {
      return work.isOver() ? Optional.of(end(work).plus(Usage.SETTLED)) : Optional.empty();
    }
  };

  private final String label;
  private final @Nullable String event;

  Moment(String label, @Nullable String event) {
    this.label = label;
    this.event = event;
  }

  /** When it happened to it, if it did. */
  abstract Optional<Instant> of(Work work);

  /** The event's detail type, if it has an event. */
  Optional<String> event() {
    return Optional.ofNullable(event);
  }

  String label() {
    return label;
  }

  /** When it ended: where the service does not say, when it last changed, or began. */
  static Instant end(Work work) {
    Instant ended = work.endedAt() == null ? work.updatedAt() : work.endedAt();
    return ended == null ? work.listed().createdAt() : ended;
  }

  private static Optional<Instant> sessionsOnly(Work work, @Nullable Instant time) {
    return work.session().isPresent() ? Optional.ofNullable(time) : Optional.empty();
  }
}
