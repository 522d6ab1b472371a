package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
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
 *
 * <p>Faults are tried in the order in which they were asked for; the first that is not used up and
 * matches a call answers it.
 */
public final class EmrServerlessStub implements AutoCloseable {

  static {
    // Without it, each answer on a kept-alive connection waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "emr-serverless-stub");
            thread.setDaemon(true);
            return thread;
          });
  private final Store store = new Store();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Injection> injections = new CopyOnWriteArrayList<>();
  private final Router router = new Router(store, calls, injections);

  private EmrServerlessStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", router);
  }

  /** Starts one on a free port. */
  public static EmrServerlessStub start() {
    try {
      EmrServerlessStub stub = new EmrServerlessStub();
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort()));
  }

  /** The application of that id, which is there from the first time it is named here. */
  public Application application(String id) {
    store.addApplication(id);
    return new Application(id);
  }

  /** All requests so far, in the order of their arrival. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The most requests that were under way at once so far. */
  public int mostAtOnce() {
    return router.mostAtOnce();
  }

  /** The next so many calls that match. */
  public Injection next(int times, Predicate<Call> which) {
    Injection injection = new Injection(times, which);
    injections.add(injection);
    return injection;
  }

  /** Every call that matches. */
  public Injection always(Predicate<Call> which) {
    return next(Integer.MAX_VALUE, which);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The sessions of one application, as a test sets them up and finds them. */
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

    /** The state of a session now. */
    public String stateOf(String session) {
      return store.find(id, session).orElseThrow().state();
    }
  }
}
