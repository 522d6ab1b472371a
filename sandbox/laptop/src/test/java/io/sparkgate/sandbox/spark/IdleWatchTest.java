package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.Status;

class IdleWatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final AtomicLong now = new AtomicLong();
  private boolean cut;
  private final IdleWatch watch = new IdleWatch(Optional.of(LIMIT), () -> cut = true, now::get);

  private void pass(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void aMessageEitherWayGivesACallItsWholeTimeAgain() {
    pass(10);
    watch.passed();
    pass(10);
    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(5).toNanos());
    watch.answered();
    pass(14);
    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(1).toNanos());

    assertThat(cut).isFalse();
    assertThat(watch.end()).isEmpty();
  }

  @Test
  void aCallThatHasNoAnswerYetIsUnavailable() {
    watch.passed();
    pass(15);

    assertThat(watch.look()).isZero();
    assertThat(cut).isTrue();
    Status heard = watch.end().orElseThrow();
    assertThat(heard.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(heard.getDescription()).endsWith("status: 504");
  }

  @Test
  void anAnswerThatHasBegunIsReset() {
    watch.answered();
    pass(16);
    watch.look();

    Status heard = watch.end().orElseThrow();
    assertThat(heard.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(heard.getDescription()).contains("RST_STREAM");
  }

  @Test
  void aCallThatIsOverIsNotCut() {
    watch.end();
    pass(60);

    assertThat(watch.look()).isZero();
    assertThat(cut).isFalse();
  }
}
