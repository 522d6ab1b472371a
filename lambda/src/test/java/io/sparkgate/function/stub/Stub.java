package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What every stub is to a test: where it listens, what it was asked, and what it is to fail. */
public abstract class Stub implements AutoCloseable {

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Injections injections = new Injections();
  private final StubServer server;

  Stub(String name) {
    server = new StubServer(name, this::handle);
  }

  /** Answers a request. */
  abstract void handle(HttpExchange exchange) throws IOException;

  /** Takes requests from now on, which it can because it is made. */
  final void listen() {
    server.start();
  }

  /**
   * Takes down a call, and lets happen to it what a test asked for.
   *
   * @return what the answer is to say instead
   */
  final Map<String, Object> hear(Call call) throws Refused, InterruptedException {
    calls.add(call);
    return injections.perform(call);
  }

  public final URI uri() {
    return server.uri();
  }

  /** All requests so far, in the order of their arrival. */
  public final List<Call> calls() {
    return List.copyOf(calls);
  }

  /**
   * The next so many calls that match. Faults are tried in the order in which they were asked for;
   * the first that is not used up and matches a call answers it.
   */
  public final Injection next(int times, Predicate<Call> which) {
    return injections.next(times, which);
  }

  /** Every call that matches. */
  public final Injection always(Predicate<Call> which) {
    return next(Integer.MAX_VALUE, which);
  }

  /** Every call. */
  public final Injection always() {
    return always(call -> true);
  }

  @Override
  public void close() {
    server.close();
  }
}
