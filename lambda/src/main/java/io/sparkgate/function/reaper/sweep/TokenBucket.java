package io.sparkgate.function.reaper.sweep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Paces the requests of one operation. Others may draw on the same rate, so what the service says
 * counts for more than the rate given: a rejection empties the bucket, a second one soon after also
 * slows it down, and without any it recovers little by little. It is never faster than the rate.
 *
 * <p>Its clock is that of the wall: a function is frozen between invocations, and what fills up in
 * the meantime is the service's bucket.
 */
public final class TokenBucket {

  /** Requests that were under way together are rejected together, and count as one rejection. */
  private static final Duration SAME = Duration.ofSeconds(1);

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final double CUT = 0.7;
  private static final double LEAST = 1.0 / 16;

  /** Of the full rate, in each second. */
  private static final double RECOVERY = 0.02;

  private final Rate full;
  private final InstantSource clock;
  private double perSecond;
  private double tokens;
  private Instant filled;
  private Instant rejected = Instant.MIN;

  /** A full one. */
  TokenBucket(Rate full, InstantSource clock) {
    this.full = full;
    this.clock = clock;
    this.perSecond = full.perSecond();
    this.tokens = full.burst();
    this.filled = clock.instant();
  }

  /** How long until a token is there; zero when one is. */
  synchronized Duration untilNext() {
    fill();
    return tokens >= 1
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * 1e9));
  }

  /** Takes a token, and goes into debt where there is none. */
  synchronized void take() {
    fill();
    tokens--;
  }

  /** The service rejected a request for which a token was taken. */
  synchronized void rejected() {
    fill();
    tokens = Math.min(tokens, 0);
    Instant now = filled;
    if (rejected.isBefore(now.minus(SAME))) {
      if (rejected.isAfter(now.minus(SOON))) {
        perSecond = Math.max(perSecond * CUT, full.perSecond() * LEAST);
      }
      rejected = now;
    }
  }

  private void fill() {
    Instant now = clock.instant();
    if (now.isAfter(filled)) {
      double seconds = Duration.between(filled, now).toNanos() / 1e9;
      perSecond = Math.min(full.perSecond(), perSecond + seconds * RECOVERY * full.perSecond());
      tokens = Math.min(full.burst(), tokens + seconds * perSecond);
    } else if (rejected.isAfter(now)) {
      rejected = now;
    }
    // Also where the clock was set back: to wait until it is there again could take hours.
    filled = now;
  }
}
