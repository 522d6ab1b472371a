package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Rate TEN_A_SECOND = new Rate(10, 5);

  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final TokenBucket bucket = new TokenBucket(TEN_A_SECOND, () -> now);

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /** Takes what is there. */
  private int takeAll() {
    int taken = 0;
    while (bucket.untilNext().isZero()) {
      bucket.take();
      taken++;
    }
    return taken;
  }

  /** How many a second are given just now: what one token more or less makes. */
  private double rate() {
    takeAll();
    Duration first = bucket.untilNext();
    bucket.take();
    return 1e9 / bucket.untilNext().minus(first).toNanos();
  }

  private static Offset<Double> about(double perSecond) {
    return Offset.offset(perSecond * 0.001);
  }

  @Test
  void givesTheBurstAtOnceAndThenTheRate() {
    assertThat(takeAll()).isEqualTo(5);
    assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(100));

    pass(Duration.ofMillis(99));
    assertThat(takeAll()).isZero();
    pass(Duration.ofMillis(1));
    assertThat(takeAll()).isEqualTo(1);
    pass(Duration.ofMillis(300));
    assertThat(takeAll()).isEqualTo(3);
  }

  @Test
  void isNeverFullerThanTheBurst() {
    pass(Duration.ofHours(1));
    assertThat(takeAll()).isEqualTo(5);

    pass(Duration.ofHours(1));
    assertThat(takeAll()).isEqualTo(5);
  }

  @Test
  void goesIntoDebtForWhatIsTakenWithoutAToken() {
    takeAll();
    bucket.take();

    assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void isEmptyAfterARejection() {
    bucket.take();
    bucket.rejected();

    assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void forgivesNoDebtForARejection() {
    takeAll();
    bucket.take();
    bucket.rejected();

    assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void keepsItsRateAfterOneRejection() {
    bucket.rejected();
    assertThat(rate()).isEqualTo(10, about(10));
  }

  @Test
  void countsRejectionsOfOneSecondAsOne() {
    for (int i = 0; i < 11; i++) {
      bucket.rejected();
      pass(Duration.ofMillis(100));
    }
    assertThat(rate()).isEqualTo(10, about(10));
  }

  @Test
  void slowsDownWhenItIsRejectedAgainSoon() {
    bucket.rejected();
    pass(SECOND.plusMillis(1));
    bucket.rejected();

    assertThat(rate()).isEqualTo(7, about(7));
  }

  @Test
  void doesNotSlowDownForARejectionNowAndThen() {
    for (int i = 0; i < 10; i++) {
      bucket.rejected();
      pass(Duration.ofSeconds(10));
    }
    assertThat(rate()).isEqualTo(10, about(10));
  }

  @Test
  void slowsDownToASixteenthAtMost() {
    for (int i = 0; i < 50; i++) {
      bucket.rejected();
      pass(SECOND.plusMillis(1));
    }
    bucket.rejected();

    assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(1_600));
  }

  @Test
  void recoversLittleByLittle() {
    slow();
    double slowed = rate();

    pass(SECOND.multipliedBy(10));
    assertThat(rate()).isEqualTo(slowed + 2, about(slowed + 2));
    pass(SECOND.multipliedBy(10));
    assertThat(rate()).isEqualTo(slowed + 4, about(slowed + 4));
  }

  @Test
  void recoversToTheFullRateAndNeverBeyond() {
    slow();
    pass(SECOND.multipliedBy(60));
    assertThat(rate()).isEqualTo(10, about(10));

    pass(Duration.ofHours(1));
    assertThat(rate()).isEqualTo(10, about(10));
  }

  @Test
  void goesOnAtItsRateWhenTheClockIsSetBack() {
    takeAll();
    pass(Duration.ofHours(-1));
    assertThat(bucket.untilNext()).isEqualTo(Duration.ofMillis(100));

    pass(Duration.ofMillis(200));
    assertThat(takeAll()).isEqualTo(2);
  }

  @Test
  void countsRejectionsAfterTheClockWasSetBack() {
    bucket.rejected();
    pass(Duration.ofHours(-1));
    bucket.untilNext();
    pass(SECOND.plusMillis(1));
    bucket.rejected();

    assertThat(rate()).isEqualTo(7, about(7));
  }

  /** To a third, about. */
  private void slow() {
    for (int i = 0; i < 4; i++) {
      bucket.rejected();
      pass(SECOND.plusMillis(1));
    }
  }
}
