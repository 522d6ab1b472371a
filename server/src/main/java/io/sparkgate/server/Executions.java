package io.sparkgate.server;

import java.util.Set;
import org.apache.spark.sql.connect.service.ExecuteInfo;
import org.apache.spark.sql.connect.service.SparkConnectService;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * What the server executes.
 *
 * @param running whether anything is not over yet
 * @param trace another one whenever anything was executed in between
 */
record Executions(boolean running, String trace) {
  /**
   * Spark holds what is over until the client has released it, or five minutes where the client
   * died.
   */
  private static final Set<String> OVER = Set.of("Finished", "Failed", "Canceled", "Closed");

  /** Of this JVM's server, now. */
  static Executions now() {
    var active = SparkConnectService.listActiveExecutions();
    if (active.isLeft()) {
      // When the last one ended, in a unit that Spark 3.5 and 4 do not agree on: only compared.
      return new Executions(false, "last " + active.left().get());
    }
    StringBuilder trace = new StringBuilder();
    boolean running = false;
    Iterator<?> each = ((Seq<?>) active.right().get()).iterator();
    while (each.hasNext()) {
      ExecuteInfo one = (ExecuteInfo) each.next();
      trace.append(one.operationId()).append(' ');
      running |= !OVER.contains(one.status().toString());
    }
    return new Executions(running, trace.toString());
  }
}
