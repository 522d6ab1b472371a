package io.sparkgate.server;

import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.ReattachOptions;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.apache.spark.connect.proto.UserContext;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.ClientInterceptor;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.grpc.netty.NettyChannelBuilder;
import org.sparkproject.connect.grpc.stub.MetadataUtils;
import org.sparkproject.connect.grpc.stub.StreamObserver;
import org.sparkproject.connect.protobuf.ByteString;

/** A person at the server, with what the load balancer says of her, true or not. */
record Caller(
    ManagedChannel channel,
    String user,
    String session,
    @Nullable String token,
    String subject,
    String client)
    implements AutoCloseable {

  static Caller of(int port, String user) {
    return of("127.0.0.1", port, user);
  }

  static Caller of(String host, int port, String user) {
    ManagedChannel channel = NettyChannelBuilder.forAddress(host, port).usePlaintext().build();
    return new Caller(
        channel,
        user,
        UUID.randomUUID().toString(),
        "right",
        "CN=" + user + ",O=Example",
        "_SPARK_CONNECT_PYTHON spark/3.5.6 os/linux python/3.11");
  }

  Caller withToken(@Nullable String other) {
    return new Caller(channel, user, session, other, subject, client);
  }

  Caller withSubject(String other) {
    return new Caller(channel, user, session, token, other, client);
  }

  Caller withClient(String other) {
    return new Caller(channel, user, session, token, subject, other);
  }

  private ClientInterceptor headers() {
    Metadata headers = new Metadata();
    put(headers, "x-amzn-mtls-clientcert-subject", subject);
    if (token != null) {
      put(headers, "authorization", "Bearer " + token);
    }
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private static void put(Metadata headers, String name, String value) {
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
  }

  private SparkConnectServiceBlockingStub stub() {
    return SparkConnectServiceGrpc.newBlockingStub(channel).withInterceptors(headers());
  }

  private UserContext context() {
    return UserContext.newBuilder().setUserId(user).build();
  }

  String sparkVersion() {
    return stub()
        .analyzePlan(
            AnalyzePlanRequest.newBuilder()
                .setSessionId(session)
                .setUserContext(context())
                .setClientType(client)
                .setSparkVersion(AnalyzePlanRequest.SparkVersion.getDefaultInstance())
                .build())
        .getSparkVersion()
        .getVersion();
  }

  /** Begins a query as PySpark does: the server holds it until it is released. */
  Iterator<ExecutePlanResponse> sql(String query) {
    SQL sql = SQL.newBuilder().setQuery(query).build();
    return execute(Plan.newBuilder().setRoot(Relation.newBuilder().setSql(sql)));
  }

  Iterator<ExecutePlanResponse> run(Command.Builder command) {
    return execute(Plan.newBuilder().setCommand(command));
  }

  private Iterator<ExecutePlanResponse> execute(Plan.Builder plan) {
    ReattachOptions reattachable = ReattachOptions.newBuilder().setReattachable(true).build();
    return stub()
        .executePlan(
            ExecutePlanRequest.newBuilder()
                .setSessionId(session)
                .setUserContext(context())
                .setClientType(client)
                .setOperationId(UUID.randomUUID().toString())
                .addRequestOptions(
                    ExecutePlanRequest.RequestOption.newBuilder().setReattachOptions(reattachable))
                .setPlan(plan)
                .build());
  }

  /** Adds an artifact of a size in bytes. */
  void upload(String name, int size) {
    ByteString data = ByteString.copyFrom(new byte[size]);
    CRC32 sum = new CRC32();
    sum.update(data.toByteArray());
    AddArtifactsRequest.SingleChunkArtifact artifact =
        AddArtifactsRequest.SingleChunkArtifact.newBuilder()
            .setName(name)
            .setData(
                AddArtifactsRequest.ArtifactChunk.newBuilder().setData(data).setCrc(sum.getValue()))
            .build();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    StreamObserver<AddArtifactsRequest> requests =
        SparkConnectServiceGrpc.newStub(channel)
            .withInterceptors(headers())
            .addArtifacts(
                new StreamObserver<AddArtifactsResponse>() {
                  @Override
                  public void onNext(AddArtifactsResponse response) {}

                  @Override
                  public void onError(Throwable error) {
                    done.completeExceptionally(error);
                  }

                  @Override
                  public void onCompleted() {
                    done.complete(true);
                  }
                });
    requests.onNext(
        AddArtifactsRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(context())
            .setClientType(client)
            .setBatch(AddArtifactsRequest.Batch.newBuilder().addArtifacts(artifact))
            .build());
    requests.onCompleted();
    try {
      done.join();
    } catch (CompletionException e) {
      throw (StatusRuntimeException) e.getCause();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
