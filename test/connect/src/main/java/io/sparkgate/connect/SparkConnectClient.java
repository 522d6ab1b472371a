package io.sparkgate.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.ReattachOptions;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.UserContext;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.HttpConnectProxiedSocketAddress;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.TlsChannelCredentials;
import org.sparkproject.connect.grpc.netty.NettyChannelBuilder;
import org.sparkproject.connect.grpc.stub.MetadataUtils;

/**
 * A Spark Connect client as small as it gets: it reads a connection string as PySpark does and
 * returns rows. It stands on the gRPC and the stubs that Spark's own server carries.
 */
public final class SparkConnectClient implements AutoCloseable {
  private static final UserContext USER = UserContext.newBuilder().setUserId("test").build();
  private static final int LARGEST_MESSAGE = 128 * 1024 * 1024;

  private final String sessionId = UUID.randomUUID().toString();
  private final ManagedChannel channel;
  private final SparkConnectServiceGrpc.SparkConnectServiceBlockingStub stub;

  private SparkConnectClient(ManagedChannel channel, Metadata headers) {
    this.channel = channel;
    this.stub =
        SparkConnectServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /**
   * Connects, at the first call, over TLS.
   *
   * @param url {@code sc://host:port/;use_ssl=true;key=value…}; other keys go along as headers
   * @param certificate of the authority to trust, in PEM
   * @param proxyPort of an HTTP CONNECT proxy on loopback
   */
  public static SparkConnectClient connect(String url, Path certificate, int proxyPort) {
    String[] hostAndParameters = url.substring("sc://".length()).split("/;", 2);
    var headers = new Metadata();
    for (String parameter : hostAndParameters[1].split(";")) {
      String[] keyAndValue = parameter.split("=", 2);
      if (!keyAndValue[0].equals("use_ssl")) {
        headers.put(
            Metadata.Key.of(keyAndValue[0], Metadata.ASCII_STRING_MARSHALLER),
            URLDecoder.decode(keyAndValue[1], StandardCharsets.UTF_8));
      }
    }
    return new SparkConnectClient(channel(hostAndParameters[0], certificate, proxyPort), headers);
  }

  /** A channel to a host and port behind a CONNECT proxy. */
  public static ManagedChannel channel(String target, Path certificate, int proxyPort) {
    var proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxyPort);
    try {
      var trust = TlsChannelCredentials.newBuilder().trustManager(certificate.toFile()).build();
      return NettyChannelBuilder.forTarget(target, trust)
          .proxyDetector(
              host ->
                  HttpConnectProxiedSocketAddress.newBuilder()
                      .setTargetAddress((InetSocketAddress) host)
                      .setProxyAddress(proxy)
                      .build())
          .maxInboundMessageSize(LARGEST_MESSAGE)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's Spark version. */
  public String version() {
    var version = AnalyzePlanRequest.SparkVersion.getDefaultInstance();
    var request =
        AnalyzePlanRequest.newBuilder()
            .setSessionId(sessionId)
            .setUserContext(USER)
            .setSparkVersion(version)
            .build();
    return stub.analyzePlan(request).getSparkVersion().getVersion();
  }

  /** The rows of a query. */
  public List<List<@Nullable Object>> sql(String query) {
    return rows(Relation.newBuilder().setSql(SQL.newBuilder().setQuery(query)).build());
  }

  /** The rows of a relation: numbers, booleans, strings and nulls. */
  public List<List<@Nullable Object>> rows(Relation relation) {
    var rows = new ArrayList<List<@Nullable Object>>();
    execute(Plan.newBuilder().setRoot(relation))
        .forEachRemaining(
            response -> {
              if (response.hasArrowBatch()) {
                var batch = response.getArrowBatch().getData().asReadOnlyByteBuffer();
                rows.addAll(ArrowRows.read(batch));
              }
            });
    return rows;
  }

  /** Runs a command to its end. */
  public List<ExecutePlanResponse> run(Command.Builder command) {
    var responses = new ArrayList<ExecutePlanResponse>();
    execute(Plan.newBuilder().setCommand(command)).forEachRemaining(responses::add);
    return responses;
  }

  /** Begins a query as PySpark does: what it returns stays with the server until it is released. */
  public Iterator<ExecutePlanResponse> begin(Relation relation) {
    var reattachable = ReattachOptions.newBuilder().setReattachable(true);
    return stub.executePlan(
        request(Plan.newBuilder().setRoot(relation))
            .setOperationId(UUID.randomUUID().toString())
            .addRequestOptions(
                ExecutePlanRequest.RequestOption.newBuilder().setReattachOptions(reattachable))
            .build());
  }

  private Iterator<ExecutePlanResponse> execute(Plan.Builder plan) {
    return stub.executePlan(request(plan).build());
  }

  private ExecutePlanRequest.Builder request(Plan.Builder plan) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId(sessionId)
        .setUserContext(USER)
        .setPlan(plan);
  }

  /** Interrupts everything that this client runs; it fails where it was called. */
  public void interrupt() {
    var unused =
        stub.interrupt(
            InterruptRequest.newBuilder()
                .setSessionId(sessionId)
                .setUserContext(USER)
                .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_ALL)
                .build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
