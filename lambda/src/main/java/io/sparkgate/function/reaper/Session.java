package io.sparkgate.function.reaper;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision rests on.
 *
 * @param startedAt when it began to run; absent before that
 * @param idleSince when it last became idle; the service may leave it out, and may leave it stale
 */
public record Session(
    ListedSession listed,
    @Nullable Instant startedAt,
    @Nullable Instant idleSince,
    Map<String, String> tags)
    implements Seen<ListedSession> {

  public Session {
    tags.forEach((key, value) -> requireNonNull(value, () -> "tag " + key + " has no value"));
    tags = Map.copyOf(tags);
  }

  public SessionState state() {
    return listed.state();
  }

  @Override
  public boolean ended() {
    return state().ended();
  }

  /** Empty too without a stamp, and with one from before the session ran. */
  @Override
  public Optional<Duration> idleFor(Instant now) {
    if (state() != SessionState.IDLE || idleSince == null || hasStaleStamp()) {
      return Optional.empty();
    }
    return Optional.of(Listed.between(idleSince, now));
  }

  boolean hasStaleStamp() {
    return idleSince != null && startedAt != null && idleSince.isBefore(startedAt);
  }
}
