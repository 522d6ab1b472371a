package io.sparkgate.sandbox.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.metastore.HiveMetaStore;
import org.apache.hadoop.hive.metastore.IHMSHandler;
import org.apache.hadoop.hive.metastore.TUGIBasedProcessor;
import org.apache.hadoop.hive.metastore.txn.TxnDbUtil;
import org.apache.hadoop.hive.thrift.TUGIContainingTransport;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransportException;

/**
 * Hive's own metastore as a process, on loopback, where Hive's main class would listen to the
 * network. It says {@code READY} and its port on its standard output at once: who connects before
 * its database is open waits. On its standard input it is told the keys of sessions; it ends when
 * that does, so that it never outlives its parent. Its one argument is the directory of its
 * database.
 */
public final class MetastoreMain {
  private static final int BACKLOG = 128;
  private static final int MOST_CLIENTS = 500;

  /** Derby's code for a database that was closed as it should be. */
  private static final String CLOSED = "XJ015";

  private MetastoreMain() {}

  /** Runs until the standard input ends. */
  public static void main(String[] args) throws IOException {
    PrintStream parent = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    InputStream input = System.in;
    System.setOut(System.err);
    ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    parent.println("READY " + socket.getLocalPort());
    var lifeline = new Thread(() -> endWith(input), "lifeline");
    lifeline.setDaemon(true);
    lifeline.start();
    try {
      serve(socket, Files.createDirectories(Path.of(args[0])));
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      parent.println("FAILED " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      Runtime.getRuntime().halt(1);
    }
  }

  private static void serve(ServerSocket socket, Path directory) throws Exception {
    System.setProperty("derby.stream.error.file", directory.resolve("derby.log").toString());
    HiveConf conf = conf(directory);
    Path database = directory.resolve("database");
    if (!Files.exists(database)) {
      create(directory, database);
    }
    conf.setVar(HiveConf.ConfVars.METASTORECONNECTURLKEY, url(database));
    IHMSHandler handler =
        HiveMetaStore.newRetryingHMSHandler(
            new HiveMetaStore.HMSHandler("sandbox", conf, false), conf);
    new TThreadPoolServer(
            new TThreadPoolServer.Args(transport(socket))
                .processor(new TUGIBasedProcessor<>(handler))
                .transportFactory(new TUGIContainingTransport.Factory())
                .protocolFactory(new TBinaryProtocol.Factory())
                .minWorkerThreads(1)
                .maxWorkerThreads(MOST_CLIENTS))
        .serve();
  }

  private static TServerSocket transport(ServerSocket socket) throws TTransportException {
    return new TServerSocket(socket);
  }

  /** Beside its place first, so that one that was interrupted is not taken for a whole one. */
  private static void create(Path directory, Path database) throws Exception {
    Path made = directory.resolve("database-" + ProcessHandle.current().pid());
    HiveConf conf = conf(directory);
    conf.setVar(HiveConf.ConfVars.METASTORECONNECTURLKEY, url(made) + ";create=true");
    // Locks, which Iceberg takes for each commit: all else the metastore makes itself.
    TxnDbUtil.prepDb(conf);
    close(url(made));
    Files.move(made, database);
  }

  private static HiveConf conf(Path directory) {
    var conf = new HiveConf();
    conf.setVar(
        HiveConf.ConfVars.METASTOREWAREHOUSE, directory.resolve("warehouse").toUri().toString());
    conf.setBoolVar(HiveConf.ConfVars.METASTORE_AUTO_CREATE_ALL, true);
    conf.setBoolVar(HiveConf.ConfVars.METASTORE_SCHEMA_VERIFICATION, false);
    conf.setVar(HiveConf.ConfVars.METASTORE_CONNECTION_POOLING_TYPE, "NONE");
    conf.setBoolVar(HiveConf.ConfVars.HIVESTATSAUTOGATHER, false);
    for (String scheme : List.of("s3", "s3a", "s3n")) {
      conf.set("fs." + scheme + ".impl", BucketFileSystem.class.getName());
      conf.setBoolean("fs." + scheme + ".impl.disable.cache", true);
    }
    conf.set("fs.s3a.connection.ssl.enabled", "false");
    conf.set("fs.s3a.path.style.access", "true");
    conf.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    conf.set("fs.s3a.directory.marker.retention", "keep");
    conf.set("fs.s3a.buffer.dir", directory.resolve("s3a").toString());
    return conf;
  }

  private static String url(Path database) {
    return "jdbc:derby:" + database;
  }

  private static void endWith(InputStream input) {
    try {
      SessionKeys.read(input);
      close("jdbc:derby:");
    } catch (IOException | SQLException e) {
      e.printStackTrace(); // It ends all the same; Derby recovers.
    }
    Runtime.getRuntime().halt(0);
  }

  /** Derby says by an exception that it has closed. */
  private static void close(String url) throws SQLException {
    try {
      DriverManager.getConnection(url + ";shutdown=true").close();
    } catch (SQLException e) {
      if (!List.of(CLOSED, "08006").contains(e.getSQLState())) {
        throw e;
      }
    }
  }
}
