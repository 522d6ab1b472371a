package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.reaper.sweep.PacedTasks.Lane;
import java.lang.Thread.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On several threads, where nothing may be lost, run twice or wait for ever. */
@Timeout(60)
class PacedTasksParallelTest {

  private static final int THREADS = 4;
  private static final int MANY = 25 * THREADS;
  private static final Duration HOUR = Duration.ofHours(1);

  private final PacedTasks tasks = new PacedTasks(THREADS, () -> HOUR);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger ran = new AtomicInteger();
  private final CyclicBarrier allAtOnce = new CyclicBarrier(THREADS);

  private void count() {
    threads.add(Thread.currentThread());
    ran.incrementAndGet();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void threadsAreGone() {
    threads.remove(Thread.currentThread());
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  /** Can end only while all threads run it. */
  private void together() {
    await(allAtOnce);
    count();
  }

  /** Until all but this one, which have run so many tasks, wait for others. */
  private void untilTheOthersWait(int tasks) {
    while (ran.get() < tasks
        || threads.stream()
            .filter(thread -> thread != Thread.currentThread())
            .map(Thread::getState)
            .anyMatch(state -> state != State.WAITING && state != State.TIMED_WAITING)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void runsAsManyAtOnceAsAllowedAndNeverMore() {
    Lane lane = tasks.lane();
    IntStream.range(0, MANY).forEach(i -> lane.add(this::together));

    tasks.run();

    assertThat(ran).hasValue(MANY);
    assertThat(threads).hasSize(THREADS).contains(Thread.currentThread());
    threadsAreGone();
  }

  @Test
  void startsNoOtherThreadForOneTask() {
    Lane lane = tasks.lane();
    Runnable task =
        () ->
            assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("paced-"));
    lane.add(task);

    tasks.run();
  }

  @Test
  void goesOnWithTheOthersWhileATaskHangs() {
    CountDownLatch othersRan = new CountDownLatch(20);
    Lane lane = tasks.lane();
    lane.add(() -> await(othersRan));
    for (int i = 0; i < 20; i++) {
      lane.add(othersRan::countDown);
    }
    tasks.run();

    assertThat(othersRan.getCount()).isZero();
  }

  @Test
  void wakesTheThreadsThatWaitForATask() {
    Lane lane = tasks.lane();
    IntStream.range(0, MANY).forEach(i -> lane.add(this::together));
    tasks
        .lane()
        .add(
            () -> {
              untilTheOthersWait(MANY);
              IntStream.range(1, THREADS).forEach(i -> lane.add(this::together));
              together();
            });

    tasks.run();

    assertThat(ran).hasValue(MANY + THREADS);
  }

  @Test
  void endsEveryThreadWhenATaskThrows() {
    Lane lane = tasks.lane();
    IntStream.range(0, MANY).forEach(i -> lane.add(this::together));
    tasks
        .lane()
        .add(
            () -> {
              untilTheOthersWait(MANY);
              throw new IllegalStateException("broken");
            });
    TokenBucket empty = new TokenBucket(new Rate(1.0 / 3600, 1), Instant::now);
    empty.take();
    tasks.lane(empty).add(this::count);

    assertThatThrownBy(tasks::run).isInstanceOf(IllegalStateException.class).hasMessage("broken");

    assertThat(ran).hasValue(MANY);
    threadsAreGone();
  }

  /** Tasks that add others, to any lane and however they like, some of them rejected first. */
  @RepeatedTest(40)
  void losesNothingInAnyTangle(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Lane> lanes =
        List.of(
            tasks.lane(bucket(20_000, 3), bucket(10_000, 50)),
            tasks.lane(bucket(5_000, 100)),
            tasks.lane());
    int roots = 1 + random.nextInt(30);
    Tangle tangle = new Tangle(lanes, 1_000);
    IntStream.range(0, roots).forEach(i -> tangle.add(random.nextLong()));

    tasks.run();

    assertThat(tangle.twice).hasValue(0);
    assertThat(ran.get()).isEqualTo(tangle.added.get());
    assertThat(tangle.most).hasValueLessThanOrEqualTo(THREADS);
    threadsAreGone();
  }

  private static TokenBucket bucket(double perSecond, int burst) {
    return new TokenBucket(new Rate(perSecond, burst), Instant::now);
  }

  private final class Tangle {
    private final List<Lane> lanes;
    private final int enough;
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();

    private Tangle(List<Lane> lanes, int enough) {
      this.lanes = lanes;
      this.enough = enough;
    }

    private void add(long seed) {
      Random random = new Random(seed);
      Lane lane = lanes.get(random.nextInt(lanes.size()));
      AtomicInteger rejections = new AtomicInteger(random.nextInt(5) - 2);
      AtomicInteger runs = new AtomicInteger();
      added.incrementAndGet();
      lane.add(() -> run(lane, random, rejections, runs));
    }

    private void run(Lane lane, Random random, AtomicInteger rejections, AtomicInteger runs) {
      most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      if (rejections.getAndDecrement() > 0) {
        lane.again(() -> run(lane, random, rejections, runs));
      } else {
        if (runs.incrementAndGet() > 1) {
          twice.incrementAndGet();
        }
        count();
        for (int i = random.nextInt(6); i > 0 && added.get() < enough; i--) {
          add(random.nextLong());
        }
      }
      atOnce.decrementAndGet();
    }
  }
}
