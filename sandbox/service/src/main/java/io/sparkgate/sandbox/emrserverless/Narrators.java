package io.sparkgate.sandbox.emrserverless;

import java.util.List;

/** Several who are told, one after the other. */
record Narrators(List<Narrator> all) implements Narrator {

  @Override
  public void session(SessionMove move) {
    all.forEach(narrator -> narrator.session(move));
  }

  @Override
  public void jobRun(JobRunMove move) {
    all.forEach(narrator -> narrator.jobRun(move));
  }

  @Override
  public void application(ApplicationMove move) {
    all.forEach(narrator -> narrator.application(move));
  }

  @Override
  public void advice(Advice advice) {
    all.forEach(narrator -> narrator.advice(advice));
  }
}
