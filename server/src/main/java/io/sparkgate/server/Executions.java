package io.sparkgate.server;

import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.service.ExecuteInfo;
import org.apache.spark.sql.connect.service.SparkConnectService;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.apache.spark.sql.internal.SharedState;
import scala.Option;
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

  /** In {@link ExecuteInfo}, where Spark 3.5 and 4 name it differently. */
  private static final int LAST_ATTACHED = 9;

  /** Of this JVM's server, now; one that is still starting is not idle. */
  static Executions now() {
    if (SparkConnectService$.MODULE$.server() == null || streams()) {
      return new Executions(true, "");
    }
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
      Object attached = one.productElement(LAST_ATTACHED);
      trace.append(one.operationId()).append(' ').append(attached).append(' ');
      running |= !OVER.contains(one.status().toString()) || isFetched(attached);
    }
    return new Executions(running, trace.toString());
  }

  /** There is no last time while a client is still attached. */
  private static boolean isFetched(Object lastAttached) {
    return ((Option<?>) lastAttached).isEmpty();
  }

  /** A streaming query goes on when the command that started it is over. */
  static boolean streams() {
    Option<SparkSession> session = SparkSession.getDefaultSession();
    if (session.isEmpty()) {
      return false;
    }
    try {
      // Spark 4 has it in another class.
      Object shared = session.get().getClass().getMethod("sharedState").invoke(session.get());
      return !((SharedState) shared).activeStreamingQueries().isEmpty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Spark does not say what streams it has", e);
    }
  }
}
