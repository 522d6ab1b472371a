package io.sparkgate.server;

import java.util.concurrent.CompletableFuture;

/** What a test calls inside the server, by the SQL function {@code java_method}. */
public final class Probe {
  private Probe() {}

  /** Whether there is a stream, asked in another thread: in one of a task Spark has no session. */
  public static boolean streams() {
    return CompletableFuture.supplyAsync(Executions::streams).join();
  }
}
