package io.sparkgate.sandbox.emrserverless;

import java.time.Instant;

/**
 * Is told what happens, as it happens and in order, so that a console can show it. The control
 * plane waits for it: be quick.
 */
public interface Narrator {

  /** One that listens to nothing. */
  Narrator SILENT =
      new Narrator() {
        @Override
        public void session(SessionMove move) {}

        @Override
        public void jobRun(JobRunMove move) {}

        @Override
        public void application(ApplicationMove move) {}

        @Override
        public void advice(Advice advice) {}
      };

  void session(SessionMove move);

  void jobRun(JobRunMove move);

  void application(ApplicationMove move);

  /** What the service keeps from its clients, as AWS does, and who runs the sandbox may know. */
  void advice(Advice advice);

  /**
   * A session's change of state.
   *
   * @param at the sandbox's time
   * @param name what its user calls it; empty when it has no name
   * @param owner the ARN of who started it
   * @param from the state left; empty when it has just come to be
   * @param why the whole reason, also where the service tells its clients less
   */
  record SessionMove(
      Instant at,
      String applicationId,
      String sessionId,
      String name,
      String owner,
      String from,
      String to,
      String why) {}

  /**
   * A job run's change of state.
   *
   * @param at the sandbox's time
   * @param attempt from 1
   * @param name what its user calls it; empty when it has no name
   * @param owner the ARN of who started it
   * @param from the state left; empty when it has just come to be
   * @param why the whole reason, also where the service tells its clients less
   */
  record JobRunMove(
      Instant at,
      String applicationId,
      String jobRunId,
      int attempt,
      String name,
      String owner,
      String from,
      String to,
      String why) {}

  /**
   * An application's change of state.
   *
   * @param at the sandbox's time
   * @param name empty when it has no name
   * @param from the state left; empty when it has just come to be
   */
  record ApplicationMove(
      Instant at, String applicationId, String name, String from, String to, String why) {}

  /**
   * A hint to who wonders about a session.
   *
   * @param at the sandbox's time
   * @param owner the ARN of who started it
   */
  record Advice(Instant at, String sessionId, String owner, String text) {}
}
