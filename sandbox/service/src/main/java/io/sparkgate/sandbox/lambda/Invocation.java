package io.sparkgate.sandbox.lambda;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * An event on its way through a runtime.
 *
 * @param taken completes when the runtime has asked for it; from then on its time runs
 * @param result completes when the runtime has answered
 */
record Invocation(
    String id,
    byte[] event,
    Duration timeout,
    CompletableFuture<Void> taken,
    CompletableFuture<InvocationResult> result) {

  Invocation(String id, byte[] event, Duration timeout) {
    this(id, event, timeout, new CompletableFuture<>(), new CompletableFuture<>());
  }
}
