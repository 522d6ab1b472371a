package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.reaper.sweep.PacedTasks.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On one thread, so that there is one order. */
@Timeout(60)
class PacedTasksTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Supplier<Duration> ENOUGH = () -> HOUR;

  /** So slow that no test could wait for a second token. */
  private static final Rate ONE_AN_HOUR = new Rate(1.0 / 3600, 1);

  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final List<String> ran = new ArrayList<>();
  private final PacedTasks tasks = new PacedTasks(1, ENOUGH);

  private TokenBucket bucket(Rate rate) {
    return new TokenBucket(rate, () -> now);
  }

  private TokenBucket empty() {
    TokenBucket bucket = bucket(ONE_AN_HOUR);
    bucket.take();
    return bucket;
  }

  private Runnable task(String name) {
    return () -> ran.add(name);
  }

  private Runnable task(String name, Runnable then) {
    return () -> {
      ran.add(name);
      then.run();
    };
  }

  @Test
  void endsAtOnceWithoutTasks() {
    tasks.lane();
    tasks.run();
  }

  @Test
  void runsTheTasksOfALaneInTheirOrder() {
    Lane lane = tasks.lane();
    lane.add(task("first"));
    lane.add(task("second"));
    lane.add(task("third"));

    tasks.run();

    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void runsTheTasksThatTasksAdd() {
    Lane lane = tasks.lane();
    lane.add(task("a", () -> lane.add(task("b", () -> lane.add(task("c"))))));

    tasks.run();

    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void prefersTheLaneThatWasMadeFirst() {
    Lane first = tasks.lane();
    Lane second = tasks.lane();
    Lane third = tasks.lane();
    third.add(task("third 1"));
    third.add(task("third 2", () -> first.add(task("first"))));
    second.add(task("second", () -> third.add(task("third 3"))));

    tasks.run();

    assertThat(ran).containsExactly("second", "third 1", "third 2", "first", "third 3");
  }

  @Test
  void goesOnWithOtherLanesWhileOneWaitsForItsTokens() {
    Lane slow = tasks.lane(empty());
    Lane free = tasks.lane();
    slow.add(task("slow"));
    free.add(task("free 1"));
    free.add(task("free 2", () -> now = now.plus(HOUR)));
    free.add(task("free 3"));

    tasks.run();

    assertThat(ran).containsExactly("free 1", "free 2", "slow", "free 3");
  }

  @Test
  void goesOnByItselfWhenTheTokensAreThere() {
    Lane lane = tasks.lane(new TokenBucket(new Rate(1_000, 1), Instant::now));
    for (int i = 0; i < 20; i++) {
      lane.add(task("one of many"));
    }
    tasks.run();

    assertThat(ran).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void takesATokenFromEveryBucketThatTheLaneCosts(boolean scarceFirst) {
    TokenBucket plenty = bucket(new Rate(1.0 / 3600, 2));
    TokenBucket scarce = bucket(ONE_AN_HOUR);
    Lane both = scarceFirst ? tasks.lane(scarce, plenty) : tasks.lane(plenty, scarce);
    Lane free = tasks.lane();
    both.add(task("both 1"));
    both.add(task("both 2"));
    free.add(
        task(
            "free",
            () -> {
              assertThat(plenty.untilNext()).isZero();
              assertThat(scarce.untilNext()).isEqualTo(HOUR);
              now = now.plus(HOUR);
            }));

    tasks.run();

    assertThat(ran).containsExactly("both 1", "free", "both 2");
  }

  @Test
  void runsARejectedTaskAgainBeforeTheOthersOfItsLane() {
    Lane lane = tasks.lane();
    lane.add(task("rejected", () -> lane.again(task("again"))));
    lane.add(task("other"));

    tasks.run();

    assertThat(ran).containsExactly("rejected", "again", "other");
  }

  @Test
  void runsWithoutTokensAndLeavesTheBucketsAloneWhenTheTimeIsUp() {
    PacedTasks late = new PacedTasks(1, () -> Duration.ZERO);
    TokenBucket full = bucket(ONE_AN_HOUR);
    TokenBucket empty = empty();
    late.lane(full).add(task("full"));
    late.lane(empty).add(task("empty"));
    late.lane(empty).add(task("empty too"));

    late.run();

    assertThat(ran).containsExactly("full", "empty", "empty too");
    assertThat(full.untilNext()).isZero();
    assertThat(empty.untilNext()).isEqualTo(HOUR);
  }

  @Test
  void waitsForTokensNoLongerThanThereIsTime() {
    Iterator<Duration> left = List.of(Duration.ofMillis(5), Duration.ofMillis(-1)).iterator();
    PacedTasks hasty = new PacedTasks(1, left::next);
    hasty.lane(empty()).add(task("late"));

    hasty.run();

    assertThat(ran).containsExactly("late");
  }

  @Test
  void throwsWhatATaskThrowsAndRunsNoOther() {
    Lane lane = tasks.lane();
    lane.add(
        () -> {
          throw new IllegalStateException("broken");
        });
    lane.add(task("other"));

    assertThatThrownBy(tasks::run).isInstanceOf(IllegalStateException.class).hasMessage("broken");
    assertThat(ran).isEmpty();
  }

  @Test
  void throwsTheErrorsOfTasksToo() {
    tasks
        .lane()
        .add(
            () -> {
              throw new StackOverflowError("deep");
            });

    assertThatThrownBy(tasks::run).isInstanceOf(StackOverflowError.class).hasMessage("deep");
  }

  @Test
  void stopsWaitingWhenItIsInterrupted() {
    tasks.lane(empty()).add(task("never"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(tasks::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("interrupted while waiting for a request's turn");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ran).isEmpty();
  }
}
