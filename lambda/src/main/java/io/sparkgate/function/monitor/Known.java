package io.sparkgate.function.monitor;

import io.sparkgate.function.aws.Billed;
import io.sparkgate.function.aws.ListedWork;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.reaper.JobRunState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the function remembers of one session or job run. It is changed by one task at a time, and
 * read when all tasks have ended.
 */
final class Known {

  private final Work work;
  private final ListedWork listedAs;
  private final Instant asked;
  private final boolean gone;
  private final Story story;

  /** What was told of it already; the same for as long as the process lives. */
  static final class Story {
    final Set<Moment> counted = EnumSet.noneOf(Moment.class);
    final Set<String> told = new HashSet<>();

    /** When it ends, as its owner was told, by the rule; for as long as the rule is broken. */
    final Map<String, Instant> announced = new HashMap<>();

    @Nullable Billed recorded;
    boolean recordedWhole;
  }

  private Known(Work work, ListedWork listedAs, Instant asked, boolean gone, Story story) {
    this.work = work;
    this.listedAs = listedAs;
    this.asked = asked;
    this.gone = gone;
    this.story = story;
  }

  /**
   * As a look showed it.
   *
   * @param listedAs what the list said when the look was decided on
   * @param asked when the question went out
   * @param before what was known; null for nothing
   */
  static Known of(Work work, ListedWork listedAs, Instant asked, @Nullable Known before) {
    return new Known(work, listedAs, asked, false, before == null ? new Story() : before.story);
  }

  /** The service knows it no more, as was found out then. */
  Known gone(Instant now) {
    return gone ? this : new Known(work, listedAs, now, true, story);
  }

  Work work() {
    return work;
  }

  ListedWork listedAs() {
    return listedAs;
  }

  Instant asked() {
    return asked;
  }

  boolean isGone() {
    return gone;
  }

  Story story() {
    return story;
  }

  /** Whether it lives, as far as is known. */
  boolean isLive() {
    return !gone && work.isLiveSession();
  }

  /** Whether it is a job run that has workers, as far as is known. */
  boolean runs() {
    return !gone && work.listed().state() == JobRunState.RUNNING;
  }

  /** Whether it was looked at since then. */
  boolean isFresh(Instant since) {
    return !gone && !asked.isBefore(since);
  }

  /** Whether the list says otherwise than when it was looked at. */
  boolean hasChanged(ListedWork listed) {
    return !listed.equals(listedAs);
  }

  /**
   * When it ended, as far as is known: of what is gone, when it last changed. Whoever finds out
   * later finds the same, so that it has one record.
   */
  Instant endedAt() {
    return Moment.end(work);
  }

  /** Whether it is over or gone. */
  boolean isOver() {
    return gone || work.isOver();
  }

  /**
   * Whether the figures that are known are the last ones: it was looked at when they were final, or
   * it is gone, or the service has not said any for too long.
   */
  boolean isSettled(Instant now) {
    if (gone) {
      return true;
    }
    if (!work.isOver() || asked.isBefore(endedAt().plus(Usage.SETTLED))) {
      return false;
    }
    return hasFigures() || !now.isBefore(endedAt().plus(Usage.PATIENCE));
  }

  /** Whether the figures of what is settled are final. */
  boolean isComplete() {
    return !gone && hasFigures();
  }

  Billed billed() {
    Billed billed = work.billed();
    return billed == null ? Billed.NOTHING : billed;
  }

  /** What never ran has none. */
  private boolean hasFigures() {
    return work.billed() != null || work.startedAt() == null;
  }

  /** Whether a record of it is to be written: there is none, or it says less. */
  boolean isToBeRecorded(Instant now) {
    return isSettled(now)
        && (!billed().equals(story.recorded) || isComplete() && !story.recordedWhole);
  }

  void recorded() {
    story.recorded = billed();
    story.recordedWhole = isComplete();
  }
}
