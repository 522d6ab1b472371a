package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkgate.connect.SparkConnectClient;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.PythonUDF;
import org.apache.spark.connect.proto.ScalarScalaUDF;
import org.apache.spark.connect.proto.StreamingForeachFunction;
import org.apache.spark.connect.proto.StreamingQueryManagerCommand;
import org.apache.spark.connect.proto.StreamingQueryManagerCommand.StreamingQueryListenerCommand;
import org.apache.spark.connect.proto.WriteStreamOperationStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/** Which requests wait for Python, and what becomes of one where there is none. */
class StreamingPythonTest {
  private static final String URL =
      "sc://s1.s.emr-serverless-services.us-east-1.amazonaws.com:443/;use_ssl=true;x-aws-proxy-auth=any";

  private static final StreamingForeachFunction PYTHON =
      StreamingForeachFunction.newBuilder()
          .setPythonFunction(PythonUDF.getDefaultInstance())
          .build();

  @Test
  void areThoseForWhichSparkGivesPythonTenSeconds() {
    assertThat(needsPython(stream().setForeachBatch(PYTHON))).isTrue();
    assertThat(needsPython(stream().setForeachWriter(PYTHON))).isTrue();
    var listener =
        StreamingQueryListenerCommand.newBuilder()
            .setPythonListenerPayload(PythonUDF.getDefaultInstance());
    var add = StreamingQueryManagerCommand.newBuilder().setAddListener(listener);
    assertThat(needsPython(Command.newBuilder().setStreamingQueryManagerCommand(add))).isTrue();
  }

  @Test
  void areNoOthers() {
    var scala = StreamingForeachFunction.newBuilder().setScalaFunction(ScalarScalaUDF.newBuilder());
    assertThat(needsPython(stream().setForeachBatch(scala))).isFalse();
    assertThat(needsPython(stream())).isFalse();
    assertThat(StreamingPython.needsPython(ExecutePlanRequest.getDefaultInstance())).isFalse();
  }

  /** Spark itself would say after ten seconds that a worker failed to connect back. */
  @Test
  void areRefusedAtOnceWhereThereIsNoPython(@TempDir Path work) throws Exception {
    Path javaHome;
    try {
      javaHome = Jdk17.find();
    } catch (IllegalStateException e) {
      assumeTrue(false, e.getMessage());
      return;
    }
    var memory = SessionMemory.ofGigabytes(1);
    var events = new Events();
    try (var drivers = new SparkDrivers(work, javaHome, memory, WorkerPython.none("none"))) {
      drivers.start("s1", Map.of(), events);
      int port = events.await(Events.Ready.class).port();
      try (var gateway = TlsGateway.start(0, work, "us-east-1", token -> port);
          var client =
              SparkConnectClient.connect(URL, gateway.certificate(), gateway.proxyPort())) {
        var start =
            Command.newBuilder().setWriteStreamOperationStart(stream().setForeachBatch(PYTHON));
        assertThatThrownBy(() -> client.run(start))
            .isInstanceOf(StatusRuntimeException.class)
            .hasMessageStartingWith("FAILED_PRECONDITION: none on the machine of the sandbox")
            .hasMessageContaining(WorkerPython.REMEDY);
        assertThat(client.sql("SELECT 1")).hasSize(1);
      }
    }
  }

  private static WriteStreamOperationStart.Builder stream() {
    return WriteStreamOperationStart.newBuilder();
  }

  private static boolean needsPython(WriteStreamOperationStart.Builder stream) {
    return needsPython(Command.newBuilder().setWriteStreamOperationStart(stream));
  }

  private static boolean needsPython(Command.Builder command) {
    return StreamingPython.needsPython(
        ExecutePlanRequest.newBuilder().setPlan(Plan.newBuilder().setCommand(command)).build());
  }
}
