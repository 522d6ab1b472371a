package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import java.util.Optional;

/** The limit holds the warm pool and at least one session, and the account has room for both. */
final class CapacityChecks {

  private static final int MAX_SESSIONS = 25;
  private static final double MAX_STRANDED = 0.25;
  private static final String RAISE_QUOTA =
      " (AWS gives 16 by default); raise the quota and say so here, or ";

  private final Findings findings;
  private final CapacityLimit limit;

  /** What runs here, in the words of whoever runs it. */
  private final String work;

  CapacityChecks(Findings findings, CapacityLimit limit, ApplicationType type) {
    this.findings = findings;
    this.limit = limit;
    work = type.isInteractive() ? "session" : "job run";
  }

  void checkPromises() {
    findings.warnIf(
        limit.sessions() > MAX_SESSIONS,
        "tooManySessions",
        """
        capacityLimit: forSessions is %s, but an application runs %s at a time by default; spread \
        people over several applications, or ask AWS Support for more"""
            .formatted(limit.sessions(), MAX_SESSIONS));
  }

  void checkSessions(SessionFootprint session) {
    Capacity all = session.total().times(limit.sessions());
    findings.warnIf(
        all.vcpu() > limit.quota(),
        "sessionsExceedQuota",
        """
        capacityLimit: forSessions is %s and a %s starts with %s, but withinQuota is %s%smake \
        %2$ss smaller with sparkDefaults"""
            .formatted(limit.sessions(), work, session.total(), limit.quota(), RAISE_QUOTA));
  }

  /** Of the limit itself, beside a session, if tokens do not hide it. */
  void checkLimit(Optional<SessionFootprint> session) {
    findings.warnIf(
        limit.most().isEmpty(),
        "noCapacityLimit",
        """
        with CapacityLimit.none() one %s may take executors without end; set capacityLimit to \
        another"""
            .formatted(work));
    limit
        .most()
        .ifPresent(
            most -> {
              findings.warnIf(
                  most.vcpu() > limit.quota(),
                  "limitExceedsQuota",
                  "capacityLimit is %s, but withinQuota is %s%slower the limit"
                      .formatted(most, limit.quota(), RAISE_QUOTA));
              session.ifPresent(one -> checkSessionsWithin(most, one));
            });
  }

  void checkPool(WarmPool pool) {
    findings.warnIf(
        pool.total().vcpu() > limit.quota(),
        "warmPoolExceedsQuota",
        """
        warmPool takes %s vCPU, but withinQuota of capacityLimit is %s, and the application starts \
        only when all of the pool runs%suse fewer workers"""
            .formatted(pool.total().vcpu(), limit.quota(), RAISE_QUOTA));
  }

  void checkPoolWithin(WarmPool pool) {
    limit
        .most()
        .ifPresent(
            most ->
                findings.errorIf(
                    pool.total().exceeds(most),
                    """
                    capacityLimit is %s, but warmPool has %s, which take %s; raise the limit or \
                    use fewer workers"""
                        .formatted(most, pool, pool.total())));
  }

  private void checkSessionsWithin(Capacity most, SessionFootprint session) {
    findings.errorIf(
        session.least().exceeds(most),
        """
        capacityLimit is %s, but a %s needs at least %s for its driver and one executor, and \
        fails without a reason if it cannot have that; raise the limit, or make %2$ss smaller \
        with sparkDefaults"""
            .formatted(most, work, session.least()));
    findings.warnIf(
        session.total().times(limit.sessions()).exceeds(most),
        "sessionsExceedLimit",
        """
        capacityLimit: forSessions is %s and a %s starts with %s, which %s cannot hold; raise the \
        limit or expect fewer %2$ss"""
            .formatted(limit.sessions(), work, session.total(), most));
    checkProportion(most, session.executor());
  }

  private void checkProportion(Capacity most, WorkerSize worker) {
    long workers = most.workers(worker);
    long idleVcpu = most.vcpu() - workers * worker.vcpu();
    long idleGb = most.memoryGb() - workers * worker.memoryGb();
    findings.warnIf(
        idleVcpu > most.vcpu() * MAX_STRANDED || idleGb > most.memoryGb() * MAX_STRANDED,
        "lopsidedLimit",
        """
        capacityLimit %s is full with %s workers of %s, which leaves %s vCPU and %s GB that they \
        cannot use; keep it in proportion, for example with CapacityLimit.ofWorkers"""
            .formatted(most, workers, worker, idleVcpu, idleGb));
  }
}
