package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerStreamTracer;
import org.sparkproject.connect.grpc.Status;

class OperationCallsTest {
  private final Instant start = Instant.EPOCH;
  private final OperationCalls calls = new OperationCalls(start);

  @Test
  void areOpenUntilTheLastClientHasAllOrIsGone() {
    ServerStreamTracer one = call("ExecutePlan");
    ServerStreamTracer other = call("ReattachExecute");
    one.streamClosed(Status.OK);
    assertThat(calls.anyOpen()).isTrue();

    Instant before = Instant.now();
    other.streamClosed(Status.CANCELLED);
    assertThat(calls.anyOpen()).isFalse();
    assertThat(calls.lastEnd()).isAfterOrEqualTo(before);
  }

  @Test
  void areNotThoseThatOnlyAskSomething() {
    call("AnalyzePlan").streamClosed(Status.OK);
    call("Config");
    assertThat(calls.anyOpen()).isFalse();
    assertThat(calls.lastEnd()).isEqualTo(start);
  }

  private ServerStreamTracer call(String method) {
    return calls.newServerStreamTracer(
        "spark.connect.SparkConnectService/" + method, new Metadata());
  }
}
