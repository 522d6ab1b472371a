package io.sparkgate.sandbox.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.service.SparkConnectInterceptorRegistry$;
import org.apache.spark.sql.connect.service.SparkConnectService;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/**
 * What {@code spark-submit} of the sandbox's cluster runs instead of Spark's own {@code
 * SparkConnectServer}, which binds every address of the machine: the same server on loopback. It
 * ends with who started it and with the sandbox.
 *
 * <p>It is loaded beside the server's jar, not with the rest of the sandbox, and so may use nothing
 * else of ours.
 */
public final class ClusterServer {

  /** The property with the process id of the sandbox. */
  static final String SANDBOX = "sparkgate.sandbox.process";

  /** The property with the file that is told when the server takes calls. */
  static final String EVENTS = "sparkgate.sandbox.events";

  static final String READY = "READY";

  private static final int LARGEST_BY_DEFAULT = 128;

  private ClusterServer() {}

  /**
   * Serves until it is stopped.
   *
   * @param arguments none
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    ProcessHandle.current().parent().ifPresent(ClusterServer::endWith);
    ProcessHandle.of(Long.getLong(SANDBOX, 0))
        .ifPresentOrElse(ClusterServer::endWith, () -> halt());
    SparkSession spark = SparkSession.builder().getOrCreate();
    try {
      Server server = serve(spark.sparkContext().getConf());
      Files.writeString(
          Path.of(System.getProperty(EVENTS)),
          READY + " " + server.getPort() + System.lineSeparator(),
          StandardOpenOption.APPEND);
      server.awaitTermination();
    } finally {
      spark.stop();
    }
  }

  private static Server serve(SparkConf conf) throws IOException {
    int port = conf.getInt("spark.connect.grpc.binding.port", 0);
    long largest =
        conf.getSizeAsBytes("spark.connect.grpc.maxInboundMessageSize", LARGEST_BY_DEFAULT + "m");
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .maxInboundMessageSize(Math.toIntExact(largest));
    builder.addService(
        new SparkConnectService(conf.getBoolean("spark.connect.grpc.debug.enabled", true)));
    SparkConnectInterceptorRegistry$.MODULE$.chainInterceptors(builder);
    Server server = builder.build().start();
    // Where Spark looks for its own.
    SparkConnectService$.MODULE$.server_$eq(server);
    return server;
  }

  private static void endWith(ProcessHandle process) {
    process.onExit().thenRun(() -> halt());
  }

  private static void halt() {
    Runtime.getRuntime().halt(1);
  }
}
