package io.sparkgate.benchmark.cost;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One person's month, made up from habits; and a team's. */
final class Diary {

  private final Habits habits;
  private final int owner;
  private final Random random;
  private final List<Page> pages = new ArrayList<>();

  Diary(Habits habits, int owner, Random random) {
    this.habits = habits;
    this.owner = owner;
    this.random = random;
  }

  /** Each month differs from the one before; the same random numbers give the same month. */
  static Month month(Habits habits, int people, Random random) {
    List<Notebook> notebooks = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      notebooks.addAll(new Diary(habits, person, new Random(random.nextLong())).write());
    }
    return new Month(notebooks);
  }

  /** That many, by a seed. */
  static List<Month> months(Habits habits, int people, int months, long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> month(habits, people, random)).limit(months).toList();
  }

  /** A notebook that is still being written. */
  private record Page(List<Statement> statements, boolean stopped, double rank) {}

  List<Notebook> write() {
    Page continued = null;
    for (int day = 0; day < Month.DAYS; day++) {
      if (Month.isWorkingDay(day) && chance(habits.daysWithSpark())) {
        Page last = write(day * Month.DAY, continued);
        continued = chance(habits.care().continues()) ? last : null;
      }
    }
    return pages.stream()
        .filter(page -> !page.statements().isEmpty())
        .map(page -> new Notebook(page.statements(), page.stopped(), owner, page.rank()))
        .toList();
  }

  /** Writes a day; the last page of it is what may be continued. */
  private Page write(long midnight, @Nullable Page continued) {
    Absences absences = absences(midnight);
    long now = midnight + about(habits.hours().arrives());
    long leaves = midnight + about(habits.hours().leaves());
    List<Page> today = new ArrayList<>();
    Page page = continued == null ? open() : continued;
    today.add(page);
    while (now < leaves) {
      now = burst(page, now, leaves, absences) + habits.pace().pause().seconds(random);
      if (now < leaves) {
        page = next(page, today);
      }
    }
    return page;
  }

  private Page next(Page page, List<Page> today) {
    double choice = random.nextDouble();
    if (choice < habits.care().opens()) {
      Page opened = open();
      today.add(opened);
      return opened;
    }
    boolean switches = choice < habits.care().opens() + habits.care().switches();
    return switches ? today.get(random.nextInt(today.size())) : page;
  }

  /** When its last statement ends. */
  private long burst(Page page, long begins, long leaves, Absences absences) {
    long now = begins;
    long ended = begins;
    do {
      now = absences.back(now);
      if (now >= leaves) {
        return now;
      }
      Statement statement = new Statement(now, habits.pace().statement().seconds(random));
      page.statements().add(statement);
      ended = statement.ends();
      now = ended + habits.pace().think().seconds(random);
    } while (!chance(1 / habits.pace().burst()));
    return ended;
  }

  private Absences absences(long midnight) {
    List<Absences.Absence> absences = new ArrayList<>();
    long lunch = midnight + about(habits.hours().lunch());
    absences.add(new Absences.Absence(lunch, lunch + habits.hours().lunchBreak().toSeconds()));
    int slots =
        (habits.hours().leaves().toSecondOfDay() - habits.hours().arrives().toSecondOfDay()) / 1800;
    for (int i = 0; i < habits.hours().meetings(); i++) {
      long begins =
          midnight + habits.hours().arrives().toSecondOfDay() + random.nextInt(slots) * 1800L;
      absences.add(new Absences.Absence(begins, begins + (chance(0.5) ? 1800 : 3600)));
    }
    return new Absences(absences);
  }

  private Page open() {
    Page page = new Page(new ArrayList<>(), chance(habits.care().stops()), random.nextDouble());
    pages.add(page);
    return page;
  }

  private long about(LocalTime time) {
    double off = habits.hours().varies().toSeconds() * random.nextGaussian();
    return Math.max(0, time.toSecondOfDay() + Math.round(off));
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
