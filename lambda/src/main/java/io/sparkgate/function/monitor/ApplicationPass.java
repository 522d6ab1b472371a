package io.sparkgate.function.monitor;

import io.sparkgate.function.aws.Capacity;
import io.sparkgate.function.aws.JobRunHistory;
import io.sparkgate.function.aws.ListedWork;
import io.sparkgate.function.aws.Listing;
import io.sparkgate.function.aws.Pages;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.SessionHistory;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.monitor.MonitorReport.Figure;
import io.sparkgate.function.reaper.JobRun;
import io.sparkgate.function.reaper.ListedJobRun;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Seen;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.Subject;
import io.sparkgate.function.reaper.sweep.Operation;
import io.sparkgate.function.reaper.sweep.PacedTasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One application's part of a pass: its lists, then a look at each that is new or changed. */
final class ApplicationPass {

  /** The lanes that all applications share. */
  static final class Lanes {
    final PacedTasks.Lane applications;
    final PacedTasks.Lane sessions;
    final PacedTasks.Lane jobRuns;
    final PacedTasks.Lane sessionLists;
    final PacedTasks.Lane jobRunLists;

    Lanes(PassContext pass, PacedTasks tasks) {
      applications = pass.lane(tasks, Operation.GET_APPLICATION);
      sessions = pass.lane(tasks, Operation.GET_SESSION);
      jobRuns = pass.lane(tasks, Operation.GET_JOB_RUN);
      sessionLists = pass.lane(tasks, Operation.LIST_SESSIONS);
      jobRunLists = pass.lane(tasks, Operation.LIST_JOB_RUNS);
    }
  }

  /** One list, on its way. */
  private static final class Source {
    final Subject subject;
    final Listing<ListedWork, Work> listing;
    final PacedTasks.Lane lists;
    final PacedTasks.Lane looks;
    final Pages pages;
    volatile boolean whole;

    Source(
        Subject subject,
        Listing<ListedWork, Work> listing,
        PacedTasks.Lane lists,
        PacedTasks.Lane looks) {
      this.subject = subject;
      this.listing = listing;
      this.lists = lists;
      this.looks = looks;
      this.pages = new Pages(listing.list());
    }
  }

  private final String application;
  private final PassContext pass;
  private final Lanes lanes;
  private final Reach reach;
  private final List<Source> sources = new ArrayList<>();
  private final Map<String, ListedWork> listed = new ConcurrentHashMap<>();
  private final Map<Subject, AtomicInteger> toCome = new ConcurrentHashMap<>();
  private final AtomicInteger listsToCome = new AtomicInteger();
  private volatile @Nullable Capacity capacity;
  private volatile boolean someUnread;
  private volatile boolean late;

  ApplicationPass(String application, PassContext pass, Lanes lanes) {
    this.application = application;
    this.pass = pass;
    this.lanes = lanes;
    this.reach = pass.memory().reach(application);
    sources.add(
        new Source(
            Subject.SESSION,
            new SessionHistory(pass.client(), pass.calls(), reach.sessions(pass.now())),
            lanes.sessionLists,
            lanes.sessions));
    for (JobRunHistory history :
        List.of(
            JobRunHistory.living(pass.client(), pass.calls()),
            JobRunHistory.over(pass.client(), pass.calls(), reach.jobRuns(pass.now())))) {
      sources.add(new Source(Subject.JOB_RUN, history, lanes.jobRunLists, lanes.jobRuns));
    }
  }

  String application() {
    return application;
  }

  /** Null where it could not be read in this pass. */
  @Nullable Capacity capacity() {
    return capacity;
  }

  /** Whether its lists were read to their ends. */
  boolean isWhole() {
    return sources.stream().allMatch(source -> source.whole);
  }

  /**
   * Whether all that changed was looked at too: else what is told of it is wrong, and somebody
   * could be ended for what is over.
   */
  boolean isSure() {
    return isWhole() && !someUnread;
  }

  void begin() {
    lanes.applications.add(this::readApplication);
    listsToCome.set(sources.size());
    sources.forEach(
        source ->
            toCome.computeIfAbsent(source.subject, key -> new AtomicInteger()).incrementAndGet());
    sources.forEach(source -> source.lists.add(() -> list(source)));
  }

  private void readApplication() {
    try {
      Capacity read = Capacity.of(pass.client(), pass.calls(), application);
      capacity = read;
      if (read.architecture() != null) {
        pass.memory().architecture(application, read.architecture());
      }
    } catch (ServiceCallException e) {
      if (!pass.pace().again(e, lanes.applications, this::readApplication)) {
        pass.report().unread(application, e);
      }
    }
  }

  /** Reads one page, and then the next. */
  private void list(Source source) {
    try {
      Listing.Page<ListedWork> page = source.listing.page(application, source.pages.token());
      page.items().stream()
          .filter(this::isOfInterest)
          .forEach(one -> listed.put(Memory.key(one.listed()), one));
      page.unreadable().forEach(e -> pass.report().unread(application, e));
      if (source.pages.turn(page.next())) {
        source.lists.again(() -> list(source));
        return;
      }
      source.whole = true;
    } catch (ServiceCallException e) {
      if (pass.pace().again(e, source.lists, () -> list(source))) {
        return;
      }
      if (e.kind() == Kind.OUT_OF_TIME) {
        late = true;
      }
      pass.report().unread(application, e);
    }
    if (toCome.get(source.subject).decrementAndGet() == 0) {
      planLooks(source.subject);
    }
    if (listsToCome.decrementAndGet() == 0) {
      remember();
    }
  }

  /** What this process does not know, and one before has recorded, is not. */
  private boolean isOfInterest(ListedWork one) {
    return !Work.isOver(one.listed())
        || !Reach.isOld(one.updatedAt(), pass.now())
        || pass.memory().known(application, one.listed()) != null;
  }

  private void remember() {
    if (isWhole()) {
      reach.whole(pass.now());
    } else if (late) {
      reach.late();
    }
  }

  /** For the one kind, whose looks need not wait for the lists of the other. */
  private void planLooks(Subject subject) {
    Map<String, ListedWork> toLookAt = pass.memory().toLookAt(application);
    toLookAt.forEach(listed::putIfAbsent);
    List<ListedWork> all =
        listed.values().stream().filter(one -> one.listed().subject() == subject).toList();
    pass.report().count(Figure.SCANNED, all.size());
    for (ListedWork one : all) {
      Known known = pass.memory().known(application, one.listed());
      if (known == null || known.hasChanged(one) || isDue(known)) {
        toLookAt.put(Memory.key(one.listed()), one);
        source(one.listed().subject()).looks.add(() -> look(one));
      }
    }
    for (Known known : pass.memory().missing(application, all)) {
      if (known.work().listed().subject() == subject) {
        missing(known);
      }
    }
  }

  /** Whether it has to be looked at though the list says that nothing changed. */
  private boolean isDue(Known known) {
    Instant now = pass.now();
    if (known.isOver()) {
      return !known.isSettled(now) && !now.isBefore(known.endedAt().plus(Usage.SETTLED));
    }
    Warnings warnings = pass.warnings();
    return pass.config().hasBudget()
        || warnings != null
            && known.isLive()
            && known.work().session().flatMap(one -> warnings.of(one, now)).isPresent();
  }

  /** What is over leaves the list after a while; what lived may be gone. */
  private void missing(Known known) {
    Subject subject = known.work().listed().subject();
    boolean sure =
        sources.stream()
            .filter(source -> source.subject == subject)
            .allMatch(source -> source.whole);
    if (!sure) {
      return;
    }
    if (!known.isSettled(pass.now())) {
      source(subject).looks.add(() -> look(known.listedAs()));
    } else if (isDoneWith(known)) {
      pass.memory().forget(application, known);
    }
  }

  private boolean isDoneWith(Known known) {
    boolean recorded = pass.config().usage() == null || !known.isToBeRecorded(pass.now());
    return recorded && known.endedAt().isBefore(pass.now().minus(Reach.SESSIONS));
  }

  private void look(ListedWork one) {
    Source source = source(one.listed().subject());
    Instant asked = pass.clock().instant();
    Known before = pass.memory().known(application, one.listed());
    try {
      Known known =
          source
              .listing
              .get(one)
              .map(work -> Known.of(work, one, asked, before))
              .orElseGet(() -> gone(one, before, asked));
      pass.memory().remember(application, known);
      pass.memory().toLookAt(application).remove(Memory.key(one.listed()));
      pass.report().count(Figure.READ, 1);
    } catch (ServiceCallException e) {
      if (!pass.pace().again(e, source.looks, () -> look(one))) {
        someUnread = true;
        pass.report().unread(one.listed(), e);
      }
    }
  }

  /** With the last that was seen of it, if only in the list. */
  private static Known gone(ListedWork one, @Nullable Known before, Instant now) {
    if (before != null) {
      return before.gone(now);
    }
    Seen<?> seen =
        one.listed() instanceof ListedSession session
            ? new Session(session, null, null, Map.of())
            : new JobRun((ListedJobRun) one.listed(), Map.of());
    Work work = new Work(seen, null, null, one.updatedAt(), null, null);
    return Known.of(work, one, now, null).gone(now);
  }

  private Source source(Subject subject) {
    return sources.stream().filter(each -> each.subject == subject).findFirst().orElseThrow();
  }
}
