package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Stands in for EMR Serverless on loopback. A client of any kind, in this process or another, is
 * pointed at it by {@code AWS_ENDPOINT_URL_EMR_SERVERLESS}.
 *
 * <pre>{@code
 * try (var emr = EmrServerlessStub.start()) {
 *   emr.application("00app").put(StubSession.idle("s1", created, idleSince));
 *   emr.next(3, GET_SESSION.of("s1")).fail(Fault.THROTTLED);
 *   ...
 *   assertThat(emr.calls()).hasToString("[LIST_SESSIONS 00app, GET_SESSION s1]");
 * }
 * }</pre>
 */
public final class EmrServerlessStub extends Stub {

  private final Store store = new Store();
  private final Router router = new Router(store, this);

  private EmrServerlessStub() {
    super("emr-serverless-stub");
  }

  /** Starts one on a free port. */
  public static EmrServerlessStub start() {
    EmrServerlessStub stub = new EmrServerlessStub();
    stub.listen();
    return stub;
  }

  @Override
  void handle(HttpExchange exchange) throws IOException {
    router.handle(exchange);
  }

  /**
   * The application of that id, which is there from the first time it is named here, started and
   * with sessions enabled.
   */
  public Application application(String id) {
    store.addApplication(id);
    return new Application(id);
  }

  /** The most requests that were under way at once so far. */
  public int mostAtOnce() {
    return router.mostAtOnce();
  }

  /** One application with what is in it, as a test sets it up and finds it. */
  public final class Application {
    private final String id;

    private Application(String id) {
      this.id = id;
    }

    /** Adds the session, or replaces the one of the same id. */
    public Application put(StubSession session) {
      store.put(id, session);
      return this;
    }

    /** Adds the job run, or replaces the one of the same id. */
    public Application put(StubJobRun jobRun) {
      store.put(id, jobRun);
      return this;
    }

    /** Puts the application into any state. */
    public Application state(String state) {
      store.state(id, state);
      return this;
    }

    /** The state of the application now. */
    public String state() {
      return store.state(id);
    }

    /** Workers of this size that wait while it is started, of a type, {@code Driver} say. */
    public Application initialCapacity(
        String type, int count, String cpu, String memory, String disk) {
      store.initialCapacity(
          id,
          Map.of(
              type,
              Map.of(
                  "workerCount",
                  count,
                  "workerConfiguration",
                  Map.of("cpu", cpu, "memory", memory, "disk", disk))));
      return this;
    }

    /** Lets the service forget the session. */
    public Application remove(String session) {
      store.remove(id, session);
      return this;
    }

    public Application sessionsEnabled(boolean enabled) {
      store.sessionsEnabled(id, enabled);
      return this;
    }

    /** Lets the service say nothing of sessions, as of an application made without them. */
    public Application withoutInteractiveConfiguration() {
      store.withoutInteractiveConfiguration(id);
      return this;
    }

    /** Lets all that is under way arrive: what is stopping has stopped, and so on. */
    public Application settle() {
      store.settle(id);
      return this;
    }

    /** Lets the application be there no more. */
    public void vanish() {
      store.removeApplication(id);
    }

    /** The state of a job run now. */
    public String stateOfJobRun(String jobRun) {
      return store.findJobRun(id, jobRun).orElseThrow().state();
    }

    /** Lets the session change right after it was shown by GetSession so many times. */
    public Application afterGets(int times, String session, UnaryOperator<StubSession> change) {
      store.afterGets(times, id, session, change);
      return this;
    }

    /** Lets the session vanish right after it was shown by GetSession so many times. */
    public Application vanishAfterGets(int times, String session) {
      store.vanishAfterGets(times, id, session);
      return this;
    }

    /** Lets the job run change right after it was shown by GetJobRun so many times. */
    public Application afterGetsOfJobRun(
        int times, String jobRun, UnaryOperator<StubJobRun> change) {
      store.afterGetsOfJobRun(times, id, jobRun, change);
      return this;
    }

    /** Lets the job run vanish right after it was shown by GetJobRun so many times. */
    public Application removeJobRunAfterGets(int times, String jobRun) {
      store.removeJobRunAfterGets(times, id, jobRun);
      return this;
    }

    /** The state of a session now. */
    public String stateOf(String session) {
      return store.find(id, session).orElseThrow().state();
    }
  }
}
