package io.sparkgate.server;

import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkEnv;

/** What a test calls inside the server, by the SQL function {@code java_method}. */
public final class Probe {
  private Probe() {}

  /** Sets after how long the server ends; it looks at that each second. */
  public static String idleStop(String time) {
    SparkEnv.get().conf().set("spark.sparkgate.idleStop", time);
    return time;
  }

  /** Whether there is a stream, asked in another thread: in one of a task Spark has no session. */
  public static boolean streams() {
    return CompletableFuture.supplyAsync(Executions::streams).join();
  }
}
