package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A primary node below a folder: the install script runs on it, and the stubs play its systemd. */
final class Machine implements AutoCloseable {
  private static final Path STUBS = Path.of("src/stubs").toAbsolutePath();
  private static final Path SCRIPT = Path.of("install-spark-connect.sh").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final Path root;
  final int port = freePort();
  private final Path sparkHome;

  /** How a command ended. */
  record Ended(int code, String out, String err) {
    String lastWord() {
      String[] lines = err.strip().split("\n");
      return lines[lines.length - 1];
    }
  }

  Machine(Path root, Path sparkHome) {
    this.root = root;
    this.sparkHome = sparkHome;
    write("mnt/var/lib/info/instance.json", "{\n  \"isMaster\": true\n}\n");
    write("etc/spark/conf/spark-defaults.conf", "spark.master local[2]\nspark.ui.enabled false");
  }

  /** Skips a test where the script could not see whether its server answers. */
  static void assumeCurl() {
    String version;
    try {
      Process curl = new ProcessBuilder("curl", "--version").redirectErrorStream(true).start();
      version = new String(curl.getInputStream().readAllBytes());
    } catch (IOException e) {
      version = "";
    }
    assumeThat(version).as("there is a curl on the PATH that speaks HTTP/2").contains("HTTP2");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String file, String content) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file into the bucket; says how the script is told of it. */
  String upload(Path file, String key) {
    try {
      Path object = root.resolve("stub/s3/assets").resolve(key);
      Files.createDirectories(object.getParent());
      Files.copy(file, object);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return "s3://assets/" + key + "#" + HexFormat.of().formatHex(hash);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs the script to its end, with a port and patience of its own. */
  Ended install(String... arguments) {
    return ended(begin(arguments));
  }

  Process begin(String... arguments) {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
    command.addAll(List.of("--port", "" + port, "--wait", "120"));
    command.addAll(List.of(arguments));
    return start(command);
  }

  static Ended ended(Process process) {
    try {
      // What goes to stderr is far less than a pipe holds, but for a journal, which comes last.
      String out = new String(process.getInputStream().readAllBytes());
      String err = new String(process.getErrorStream().readAllBytes());
      return new Ended(process.waitFor(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", STUBS + ":" + System.getenv("PATH"));
    builder.environment().put("SPARK_CONNECT_ROOT", root.toString());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_CONNECT_PAUSE", "0");
    builder.environment().put("STUB_RESTART_SEC", "0.1");
    // What each bash reads first: functions in the place of commands.
    builder.environment().put("BASH_ENV", root.resolve("stub/functions").toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What systemd says of the unit. */
  String unit(String property) {
    return ended(
            start(
                List.of(STUBS + "/systemctl", "show", "-p", property, "--value", "spark-connect")))
        .out()
        .strip();
  }

  ProcessHandle server() {
    return ProcessHandle.of(Long.parseLong(unit("MainPID"))).orElseThrow();
  }

  /** Asks as the load balancer does. */
  boolean isHealthy() {
    return ended(start(List.of(root.resolve("opt/spark-connect/bin/healthy").toString()))).code()
        == 0;
  }

  /** Each look starts a process, so it needs no pause. */
  void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(journal()).isLessThan(end);
    }
  }

  void awaitState(String state) {
    await(() -> unit("ActiveState").equals(state));
  }

  /** Says a word that the fake server obeys. */
  void tell(String word) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((word + "\n").getBytes());
      // It answers nothing, and the end is its own.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      return; // Reset: it ended.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String journal() {
    Path journal = root.resolve("var/log/journal/spark-connect.log");
    try {
      return Files.exists(journal) ? Files.readString(journal) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often systemd started the server. */
  long starts() {
    return journal().lines().filter("systemd: started spark-connect"::equals).count();
  }

  @Override
  public void close() {
    if (Files.exists(root.resolve("etc/systemd/system/spark-connect.service"))) {
      ended(start(List.of(STUBS + "/systemctl", "stop", "spark-connect")));
    }
  }
}
