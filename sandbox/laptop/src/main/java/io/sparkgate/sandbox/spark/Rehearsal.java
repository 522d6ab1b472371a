package io.sparkgate.sandbox.spark;

import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.ReattachOptions;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.ShowString;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.SqlCommand;
import org.apache.spark.connect.proto.UserContext;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.netty.NettyChannelBuilder;

/** What PySpark asks of a session first, in its words: a version, a setting, some rows. */
final class Rehearsal {
  private static final UserContext USER = UserContext.newBuilder().setUserId("rehearsal").build();

  /** A busy machine was seen to need more than 60, and what is late is not tried again. */
  private static final int LIMIT_SECONDS = 240;

  private final String sessionId = UUID.randomUUID().toString();
  private final SparkConnectServiceGrpc.SparkConnectServiceBlockingStub driver;

  private Rehearsal(ManagedChannel channel) {
    this.driver =
        SparkConnectServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Asks a driver on a loopback port. */
  static void with(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .proxyDetector(address -> null)
            .build();
    try {
      new Rehearsal(channel).run();
    } finally {
      channel.shutdownNow();
    }
  }

  private void run() {
    var version = AnalyzePlanRequest.SparkVersion.getDefaultInstance();
    var unused =
        driver.analyzePlan(
            AnalyzePlanRequest.newBuilder()
                .setSessionId(sessionId)
                .setUserContext(USER)
                .setSparkVersion(version)
                .build());
    var setting = ConfigRequest.Get.newBuilder().addKeys("spark.sql.session.timeZone");
    var ignored =
        driver.config(
            ConfigRequest.newBuilder()
                .setSessionId(sessionId)
                .setUserContext(USER)
                .setOperation(ConfigRequest.Operation.newBuilder().setGet(setting))
                .build());
    execute(
        Plan.newBuilder()
            .setCommand(
                Command.newBuilder().setSqlCommand(SqlCommand.newBuilder().setSql("SELECT 1"))));
    query(Relation.newBuilder().setSql(SQL.newBuilder().setQuery("SELECT 1")).build());
    Relation numbers =
        Relation.newBuilder().setRange(Range.newBuilder().setEnd(10).setStep(1)).build();
    query(numbers);
    var shown = ShowString.newBuilder().setInput(numbers).setNumRows(20).setTruncate(20);
    query(Relation.newBuilder().setShowString(shown).build());
    query(
        Relation.newBuilder()
            .setSql(
                SQL.newBuilder()
                    .setQuery(
                        "SELECT id % 2 AS kind, count(*) FROM range(10) GROUP BY 1 ORDER BY 1"))
            .build());
  }

  private void query(Relation relation) {
    execute(Plan.newBuilder().setRoot(relation));
  }

  private void execute(Plan.Builder plan) {
    String operationId = UUID.randomUUID().toString();
    var reattachable = ReattachOptions.newBuilder().setReattachable(true);
    Iterator<ExecutePlanResponse> responses =
        driver.executePlan(
            ExecutePlanRequest.newBuilder()
                .setSessionId(sessionId)
                .setUserContext(USER)
                .setOperationId(operationId)
                .setPlan(plan)
                .addRequestOptions(
                    ExecutePlanRequest.RequestOption.newBuilder().setReattachOptions(reattachable))
                .build());
    responses.forEachRemaining(response -> {});
    var unused =
        driver.releaseExecute(
            ReleaseExecuteRequest.newBuilder()
                .setSessionId(sessionId)
                .setUserContext(USER)
                .setOperationId(operationId)
                .setReleaseAll(ReleaseExecuteRequest.ReleaseAll.getDefaultInstance())
                .build());
  }
}
