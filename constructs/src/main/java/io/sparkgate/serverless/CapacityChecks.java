package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;

/** The limit holds the warm pool and at least one session, and the account has room for both. */
final class CapacityChecks {

  private static final int MAX_SESSIONS = 25;
  private static final double MAX_STRANDED = 0.25;
  private static final String RAISE_QUOTA =
      " (AWS gives 16 by default); raise the quota and say so here, or ";

  private final Findings findings;
  private final int sessions;
  private final int quota;

  CapacityChecks(Findings findings, int expectedSessions, int accountVcpuQuota) {
    this.findings = findings;
    this.sessions = expectedSessions;
    this.quota = accountVcpuQuota;
  }

  void checkPromises() {
    findings.known("expectedSessions", sessions);
    findings.known("accountVcpuQuota", quota);
    findings.errorIf(sessions < 1, () -> "expectedSessions is " + sessions + "; use at least 1");
    findings.errorIf(quota < 1, () -> "accountVcpuQuota is " + quota + "; use at least 1");
    findings.warnIf(
        sessions > MAX_SESSIONS,
        "tooManySessions",
        () ->
            expecting()
                + ", but an application runs "
                + MAX_SESSIONS
                + " at a time by default; spread people over several applications, or ask AWS"
                + " Support for more");
  }

  void checkSessions(SessionFootprint session) {
    findings.warnIf(
        sessions * session.vcpu() > quota,
        "sessionsExceedQuota",
        () ->
            expecting()
                + " and a session starts with "
                + session
                + ", but accountVcpuQuota is "
                + quota
                + RAISE_QUOTA
                + "make sessions smaller with sparkDefaults");
  }

  void checkLimit(CapacityLimit limit) {
    findings.warnIf(
        limit.vcpu() > quota,
        "limitExceedsQuota",
        () ->
            "capacityLimit is "
                + limit
                + ", but accountVcpuQuota is "
                + quota
                + RAISE_QUOTA
                + "lower the limit");
  }

  void warnOfNoLimit() {
    findings.warn(
        "noCapacityLimit",
        "with noCapacityLimit one session may take executors without end; set capacityLimit");
  }

  void checkPool(WarmPool pool) {
    findings.warnIf(
        pool.vcpu() > quota,
        "warmPoolExceedsQuota",
        () ->
            "warmPool takes "
                + pool.vcpu()
                + " vCPU, but accountVcpuQuota is "
                + quota
                + ", and the application starts only when all of the pool runs"
                + RAISE_QUOTA
                + "use fewer workers");
  }

  void checkPoolWithin(CapacityLimit limit, WarmPool pool) {
    findings.errorIf(
        isBeyond(limit, pool.vcpu(), pool.memoryGb(), pool.diskGb()),
        () ->
            "capacityLimit is "
                + limit
                + ", but warmPool has "
                + pool
                + ", which take "
                + pool.vcpu()
                + " vCPU / "
                + pool.memoryGb()
                + " GB / "
                + pool.diskGb()
                + " GB disk; raise the limit or use fewer workers");
  }

  void checkSessionsWithin(CapacityLimit limit, SessionFootprint session) {
    SessionFootprint least = session.withExecutors(1);
    findings.errorIf(
        isBeyond(limit, least.vcpu(), least.memoryGb(), least.diskGb()),
        () ->
            "capacityLimit is "
                + limit
                + ", but a session needs at least "
                + least
                + " for its driver and one executor, and fails without a reason if it cannot have"
                + " that; raise the limit, or make sessions smaller with sparkDefaults");
    findings.warnIf(
        isBeyond(
            limit,
            sessions * session.vcpu(),
            sessions * session.memoryGb(),
            sessions * session.diskGb()),
        "sessionsExceedLimit",
        () ->
            expecting()
                + " and a session starts with "
                + session
                + ", which capacityLimit "
                + limit
                + " cannot hold; raise the limit or expect fewer sessions");
    checkProportion(limit, session.executor());
  }

  private void checkProportion(CapacityLimit limit, WorkerSize worker) {
    long workers = limit.workers(worker);
    long idleVcpu = limit.vcpu() - workers * worker.vcpu();
    long idleGb = limit.memoryGb() - workers * worker.memoryGb();
    findings.warnIf(
        idleVcpu > limit.vcpu() * MAX_STRANDED || idleGb > limit.memoryGb() * MAX_STRANDED,
        "lopsidedLimit",
        () ->
            "capacityLimit "
                + limit
                + " is full with "
                + workers
                + " workers of "
                + worker
                + ", which leaves "
                + idleVcpu
                + " vCPU and "
                + idleGb
                + " GB that they cannot use; keep it in proportion, for example with"
                + " CapacityLimit.ofWorkers");
  }

  private String expecting() {
    return "expectedSessions is " + sessions;
  }

  private static boolean isBeyond(CapacityLimit limit, long vcpu, long memoryGb, long diskGb) {
    return vcpu > limit.vcpu() || memoryGb > limit.memoryGb() || diskGb > limit.diskGb();
  }
}
