package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.server.Machine.Ended;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.StreamingQueryCommand;
import org.apache.spark.connect.proto.StreamingQueryInstanceId;
import org.apache.spark.connect.proto.WriteStreamOperationStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/** The script, the jar and Spark 3.5.6 itself: one server, because each takes ten seconds. */
class RealServerTest {
  /** It sleeps for twice as long as the server may be idle from now on. */
  private static final String BUSY =
      "SELECT java_method('io.sparkgate.server.Probe', 'idleStop', '2s'),"
          + " java_method('java.lang.Thread', 'sleep', 4000L)";

  @TempDir private Path directory;

  @Test
  void refusesStrangersAndEndsWhenNobodyUsesIt() throws Exception {
    Machine.assumeCurl();
    Path spark = SparkHome.real(directory.resolve("spark"));
    Path ours = JarOfClasses.at(directory.resolve("sparkgate-server.jar"));
    try (Machine machine = new Machine(directory.resolve("root"), spark)) {
      machine.write("stub/secrets/token", "right");
      Ended install =
          machine.install(
              "--server",
              machine.upload(SparkHome.connectJar(), "connect.jar"),
              "--jar",
              machine.upload(ours, "ours.jar"),
              "--secret",
              "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token",
              "--conf",
              "spark.connect.grpc.interceptor.classes=io.sparkgate.server.LoopbackInterceptor,io.sparkgate.server.UploadInterceptor,"
                  + "io.sparkgate.server.VersionInterceptor,io.sparkgate.server.OwnerInterceptor,"
                  + "io.sparkgate.server.TokenInterceptor",
              "--conf",
              "spark.plugins=io.sparkgate.server.IdleStop",
              "--conf",
              "spark.sparkgate.idleStop=1h",
              "--conf",
              "spark.sparkgate.maxUpload=1m");
      assertThat(install.code()).as(install.err() + machine.journal()).isZero();

      try (Caller alice = Caller.of(machine.port, "alice")) {
        refusesStrangers(alice);
        refusesOthersThanItsOwnMachine(machine.port);
        seesStreams(alice);
        assertThat(rows(alice.sql(BUSY))).as("the server ends no query").isEqualTo(1);
        // Now the client dies: what it never released the server holds for five minutes.
      }

      machine.awaitState("inactive");
      assertThat(machine.unit("ExecMainStatus")).isEqualTo("76");
      assertThat(machine.starts()).isEqualTo(1);
      assertThat(machine.journal())
          .contains("sparkgate: nothing was executed for 2 s, so the server ends");
    }
  }

  private static void refusesStrangers(Caller alice) {
    assertThat(alice.sparkVersion()).startsWith("3.5");
    assertRefused(alice.withToken(null)::sparkVersion, Status.Code.UNAUTHENTICATED, "got none");
    assertRefused(
        alice.withToken("wrong")::sparkVersion,
        Status.Code.UNAUTHENTICATED,
        "the token is not the server's");
    // Strangers learn nothing else: Spark asks the interceptor that is named last first.
    assertRefused(
        alice.withToken("wrong").withClient("spark/4.0.1").withSubject("CN=bob")::sparkVersion,
        Status.Code.UNAUTHENTICATED,
        "the token is not the server's");
    assertRefused(
        alice.withSubject("CN=bob,O=Example")::sparkVersion,
        Status.Code.PERMISSION_DENIED,
        "user_id is 'alice', but the certificate is bob's");
    assertRefused(
        () -> alice.withSubject("CN=bob").upload("cache/1", 1),
        Status.Code.PERMISSION_DENIED,
        "the certificate is bob's");
    assertRefused(
        alice.withClient("_SPARK_CONNECT_PYTHON spark/4.0.1 os/linux")::sparkVersion,
        Status.Code.FAILED_PRECONDITION,
        "pip install \"pyspark[connect]==3.5.6\" \"pyarrow<26\"");
    alice.upload("cache/small", 1 << 20);
    alice.upload("files/large.txt", 3 << 20);
    assertRefused(
        () -> alice.upload("cache/large", (1 << 20) + 1),
        Status.Code.RESOURCE_EXHAUSTED,
        "createDataFrame sent 2 MiB and the server takes 1");
  }

  /** By the address that others would have to call, where the machine of the tests has one. */
  private static void refusesOthersThanItsOwnMachine(int port) throws SocketException {
    for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(card.getInetAddresses())) {
        if (address instanceof Inet4Address && !address.isLoopbackAddress() && card.isUp()) {
          try (Caller alice = Caller.of(address.getHostAddress(), port, "alice")) {
            assertRefused(
                alice::sparkVersion,
                Status.Code.PERMISSION_DENIED,
                "the call came from " + address.getHostAddress() + ", and this server takes");
          }
          return;
        }
      }
    }
  }

  private static void seesStreams(Caller alice) {
    String streams =
        "SELECT assert_true(java_method('io.sparkgate.server.Probe', 'streams') = '%s')";
    assertThat(rows(alice.sql(streams.formatted(false)))).isEqualTo(1);
    WriteStreamOperationStart start =
        WriteStreamOperationStart.newBuilder()
            .setInput(
                Relation.newBuilder()
                    .setRead(
                        Read.newBuilder()
                            .setIsStreaming(true)
                            .setDataSource(Read.DataSource.newBuilder().setFormat("rate"))))
            .setFormat("noop")
            .setOutputMode("append")
            .setProcessingTimeInterval("1 hour")
            .build();
    StreamingQueryInstanceId query = null;
    for (ExecutePlanResponse response :
        (Iterable<ExecutePlanResponse>)
            () -> alice.run(Command.newBuilder().setWriteStreamOperationStart(start))) {
      if (response.hasWriteStreamOperationStartResult()) {
        query = response.getWriteStreamOperationStartResult().getQueryId();
      }
    }
    assertThat(rows(alice.sql(streams.formatted(true)))).isEqualTo(1);
    StreamingQueryCommand.Builder stop =
        StreamingQueryCommand.newBuilder().setQueryId(query).setStop(true);
    rows(alice.run(Command.newBuilder().setStreamingQueryCommand(stop)));
  }

  /** The number of rows of an answer, read to its end. */
  private static long rows(Iterator<ExecutePlanResponse> answer) {
    long rows = 0;
    while (answer.hasNext()) {
      rows += answer.next().getArrowBatch().getRowCount();
    }
    return rows;
  }

  private static void assertRefused(Runnable call, Status.Code code, String why) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code))
        .hasMessageContaining(why);
  }
}
