package io.sparkgate.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Duration OFTEN = Duration.ofMillis(1);

  @Test
  void runsAtOnceAndAgain() throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    Schedule schedule = Schedule.start(Duration.ZERO, OFTEN, runs::countDown, () -> {});
    try {
      assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      schedule.close();
    }
  }

  @Test
  void runsAtOnceHoweverRare() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    Schedule schedule =
        Schedule.start(Duration.ZERO, Duration.ofDays(1), runs::countDown, () -> {});
    try {
      assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      schedule.close();
    }
  }

  @Test
  void skipsTurnsWhileOneIsRunning() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch skipped = new CountDownLatch(3);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    Runnable task =
        () -> {
          runs.incrementAndGet();
          started.countDown();
          second.countDown();
          await(end);
        };
    Schedule schedule = Schedule.start(Duration.ZERO, OFTEN, task, skipped::countDown);
    try {
      assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(skipped.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(runs).hasValue(1);

      end.countDown();

      assertThat(second.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      schedule.close();
    }
  }

  @Test
  void isOverWhenWhatRunsIs() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean over = new AtomicBoolean();
    Runnable task =
        () -> {
          started.countDown();
          await(never);
          // It was interrupted; now it cleans up, which takes a while.
          for (long turns = 0; turns < 10_000_000L; turns++) {
            Thread.onSpinWait();
          }
          over.set(true);
        };
    Schedule schedule = Schedule.start(Duration.ZERO, Duration.ofDays(1), task, () -> {});
    assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();

    schedule.close();

    assertThat(over).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
