package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.history.FsHistoryProvider;
import org.apache.spark.deploy.history.HistoryServer;
import org.apache.spark.deploy.history.HistoryServer$;

/**
 * Spark's own history server as a process: it says {@link Signal.Ready} on its standard output and
 * ends when its standard input does, so that it never outlives its parent. Its one argument is the
 * directory of event logs.
 */
public final class HistoryServerMain {
  private HistoryServerMain() {}

  /** Runs until the standard input ends. */
  public static void main(String[] args) throws IOException {
    PrintStream parent = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var conf =
        new SparkConf()
            .set("spark.history.fs.logDirectory", Path.of(args[0]).toUri().toString())
            .set("spark.history.fs.update.interval", "1s");
    var provider = new FsHistoryProvider(conf);
    var security = HistoryServer$.MODULE$.createSecurityManager(conf);
    var server = new HistoryServer(conf, provider, security, 0);
    server.bind(); // To SPARK_LOCAL_IP.
    provider.start();
    parent.println(new Signal.Ready(server.boundPort(), "").line());
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }
}
