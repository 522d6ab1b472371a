package io.sparkgate.sandbox.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.service.SparkConnectInterceptorRegistry$;
import org.apache.spark.sql.connect.service.SparkConnectService;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/**
 * A session's process: Spark with a Spark Connect server on loopback. Its one argument is a file
 * with the Spark conf. It speaks {@link Signal}s on its standard output and ends when its standard
 * input does, so that it never outlives its parent.
 */
public final class SessionDriver {
  private static final Duration POLL = Duration.ofMillis(250);

  /** Spark's shutdown may hang, in its start most of all. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PrintStream parent;
  private volatile @Nullable Server server;

  private SessionDriver(PrintStream parent) {
    this.parent = parent;
  }

  /** Runs until the standard input ends or Spark does. */
  public static void main(String[] args) {
    PrintStream parent =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    InputStream lifeline = System.in;
    System.setOut(System.err);
    SessionDriver driver = new SessionDriver(parent);
    Threads.daemon("lifeline").newThread(() -> driver.endWith(lifeline)).start();
    try {
      driver.run(Path.of(args[0]));
    } catch (Throwable e) { // Errors too: a class that is missing is a reason like any other.
      e.printStackTrace();
      driver.tell(Signal.Failed.because(e));
    }
    driver.exit(1);
  }

  private void run(Path confFile) throws IOException, InterruptedException {
    SparkConf conf = read(confFile);
    checkSizes(conf);
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    var calls = new OperationCalls(Instant.now());
    Server started = serve(conf, calls);
    server = started;
    String sparkUi = spark.sparkContext().uiWebUrl().getOrElse(() -> "");
    tell(new Signal.Ready(started.getPort(), sparkUi));
    Threads.daemon("warm-up").newThread(() -> warmUp(spark)).start();

    var activity = new Activity(spark, calls);
    Signal told = activity.now();
    tell(told);
    while (!spark.sparkContext().isStopped()) {
      Signal now = activity.now();
      if (!now.equals(told)) {
        tell(now);
        told = now;
      }
      Thread.sleep(POLL.toMillis());
    }
    tell(new Signal.Failed("The Spark context stopped"));
  }

  /**
   * Plans a query and compiles its code while the client still connects. It runs none, so that the
   * Spark UI shows none.
   */
  private static void warmUp(SparkSession spark) {
    spark.newSession().sql("SELECT 1").queryExecution().executedPlan().execute();
  }

  private static SparkConf read(Path confFile) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(confFile)) {
      properties.load(reader);
    }
    var conf = new SparkConf();
    properties.stringPropertyNames().forEach(key -> conf.set(key, properties.getProperty(key)));
    return conf;
  }

  /** What spark-submit, which is not there, would choke on. */
  static void checkSizes(SparkConf conf) {
    conf.getSizeAsBytes("spark.driver.memory", "1g");
    conf.getInt("spark.driver.cores", 1);
  }

  /**
   * Serves on loopback. Spark's own {@code SparkConnectService.start} binds every address of the
   * machine, and whoever reaches the port runs code here.
   */
  private static Server serve(SparkConf conf, OperationCalls calls) throws IOException {
    long largest = conf.getSizeAsBytes("spark.connect.grpc.maxInboundMessageSize", "128m");
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(Math.toIntExact(largest));
    builder.addService(new SparkConnectService(false));
    builder.addStreamTracerFactory(calls);
    builder.intercept(new StreamingPython(System.getenv("PYSPARK_PYTHON")));
    SparkConnectInterceptorRegistry$.MODULE$.chainInterceptors(builder);
    Server started = builder.build().start();
    // Spark asks its own for the port, which functions of foreachBatch in Python call back to.
    SparkConnectService$.MODULE$.server_$eq(started);
    return started;
  }

  private void tell(Signal signal) {
    parent.println(signal.line());
  }

  private void endWith(InputStream lifeline) {
    try {
      lifeline.transferTo(PrintStream.nullOutputStream());
    } catch (IOException e) {
      e.printStackTrace(); // As good as its end.
    }
    exit(0);
  }

  private void exit(int code) {
    Threads.daemon("watchdog").newThread(() -> halt(code)).start();
    Server started = server;
    if (started != null) {
      // Clients hear CANCELLED, which they do not retry as they would a connection that is lost.
      started.shutdownNow();
      try {
        started.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    System.exit(code);
  }

  private static void halt(int code) {
    try {
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }
}
