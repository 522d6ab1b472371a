package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Ledger.Entry;
import io.sparkgate.sandbox.emrserverless.Ledger.Kind;
import java.time.Instant;

/** Writes into the ledger what sessions and job runs cost, when they end. The estate is held. */
final class Bookkeeper implements Narrator {

  private final Estate estate;
  private final Ledger ledger;

  Bookkeeper(Estate estate, Ledger ledger) {
    this.estate = estate;
    this.ledger = ledger;
  }

  @Override
  public void session(SessionMove move) {
    Session session = estate.session(move.applicationId(), move.sessionId());
    if (session.state().over()) {
      write(Kind.SESSION, session, move.at());
    }
  }

  @Override
  public void jobRun(JobRunMove move) {
    JobRun run = estate.jobRun(move.applicationId(), move.jobRunId());
    if (run.state().over()) {
      write(Kind.JOBRUN, run, move.at());
    }
  }

  private void write(Kind kind, Work work, Instant end) {
    ResourceUse billed = ResourceUse.billed(work.stretches(), end);
    ledger.write(
        new Entry(
            kind,
            work.id(),
            work.applicationId(),
            work.name(),
            work.createdBy(),
            work.state().name(),
            end,
            billed.cpuHours(),
            billed.memoryGbHours(),
            billed.storageGbHours()));
  }

  @Override
  public void application(ApplicationMove move) {
    // Costs nothing by itself; its pool is measured by the minute.
  }

  @Override
  public void advice(Advice advice) {
    // Costs nothing.
  }
}
