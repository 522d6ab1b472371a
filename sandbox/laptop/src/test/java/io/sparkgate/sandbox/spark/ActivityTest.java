package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkgate.connect.SparkConnectClient;
import io.sparkgate.sandbox.emrserverless.Drivers;
import io.sparkgate.sandbox.emrserverless.Gateway;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.StreamingQueryCommand;
import org.apache.spark.connect.proto.StreamingQueryInstanceId;
import org.apache.spark.connect.proto.WriteStreamOperationStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a real driver says that it is busy, with work that makes no call. */
class ActivityTest {

  @TempDir private static Path work;
  private static Drivers drivers;
  private static final Events EVENTS = new Events();
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    Path javaHome;
    try {
      javaHome = Jdk17.find();
    } catch (IllegalStateException e) {
      assumeTrue(false, e.getMessage());
      return;
    }
    drivers =
        new SparkDrivers(work, javaHome, SessionMemory.ofGigabytes(1), WorkerPython.none("none"));
    drivers.start("s1", Map.of(), EVENTS);
    int port = EVENTS.await(Events.Ready.class).port();
    gateway = TlsGateway.start(0, work, "us-east-1", token -> port);
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
      drivers.close();
    }
  }

  @Test
  void isBusyForAsLongAsAStreamingQueryIsActive() {
    try (var client = connect()) {
      StreamingQueryInstanceId query = startStream(client);
      EVENTS.await(Events.Busy.class);
      client.sql("SELECT 1");
      // No call is open, and still it works: the next rest heard is that after the end we make.
      Instant end = now();
      stop(client, query);
      assertThat(EVENTS.await(Events.Idle.class).since()).isAfterOrEqualTo(end);
    }
  }

  @Test
  void restsWhenOnlyResultsOfADeadClientAreLeft() {
    Instant begin = now();
    try (var client = connect()) {
      // The first rows are there; nobody fetches the others or says that they may go.
      assertThat(client.begin(range(1_000_000)).next().getResponseId()).isNotEmpty();
    }
    // The server lists them as active for minutes, longer than this waits.
    EVENTS.awaitIdleSince(begin);
  }

  private static SparkConnectClient connect() {
    String url =
        "sc://s1.s.emr-serverless-services.us-east-1.amazonaws.com:443/;use_ssl=true;x-aws-proxy-auth=any";
    return SparkConnectClient.connect(url, gateway.certificate(), gateway.proxyPort());
  }

  /** As precise as what a driver tells. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Relation range(long rows) {
    return Relation.newBuilder().setRange(Range.newBuilder().setEnd(rows).setStep(1)).build();
  }

  private static StreamingQueryInstanceId startStream(SparkConnectClient client) {
    var rate = Read.DataSource.newBuilder().setFormat("rate");
    var source = Read.newBuilder().setIsStreaming(true).setDataSource(rate);
    var start =
        WriteStreamOperationStart.newBuilder()
            .setInput(Relation.newBuilder().setRead(source))
            .setFormat("memory")
            .setOutputMode("append")
            .setQueryName("ticks");
    return client.run(Command.newBuilder().setWriteStreamOperationStart(start)).stream()
        .filter(response -> response.hasWriteStreamOperationStartResult())
        .findFirst()
        .orElseThrow()
        .getWriteStreamOperationStartResult()
        .getQueryId();
  }

  private static void stop(SparkConnectClient client, StreamingQueryInstanceId query) {
    client.run(
        Command.newBuilder()
            .setStreamingQueryCommand(
                StreamingQueryCommand.newBuilder().setQueryId(query).setStop(true)));
  }
}
