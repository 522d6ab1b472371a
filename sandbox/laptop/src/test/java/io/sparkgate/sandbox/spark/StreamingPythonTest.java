package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Which requests wait for Python; {@link SparkDriversTest} has what becomes of them. */
class StreamingPythonTest {
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
