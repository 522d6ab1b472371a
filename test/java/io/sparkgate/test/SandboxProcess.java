package io.sparkgate.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** The sandbox as {@code ./sandbox/run} starts it, in a process of its own. */
final class SandboxProcess implements AutoCloseable {

  private static final Pattern EXPORT = Pattern.compile("export (\\w+)='(.*)'");

  /** Only there so that a sandbox that hangs does not hang the build. */
  private static final long PATIENCE_SECONDS = 600;

  private final Process process;
  private final Path work;
  private final List<String> lines = new ArrayList<>();

  private SandboxProcess(Process process, Path work) {
    this.process = process;
    this.work = work;
    Thread reader = new Thread(this::read, "sandbox-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Plays an assembly; a minute takes six seconds, so a token lasts for six minutes. */
  static SandboxProcess start(Path assembly, Path work) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            "../sandbox/laptop/target/sandbox.jar",
            "--template",
            assembly.toString(),
            "--env",
            "dev",
            "--port",
            "0",
            "--minute",
            "6",
            "--work",
            work.toString());
    SandboxProcess sandbox = new SandboxProcess(java.redirectErrorStream(true).start(), work);
    try {
      sandbox.awaitLine(line -> line.startsWith("Ctrl-C stops"));
    } catch (AssertionError e) {
      sandbox.close();
      throw e;
    }
    return sandbox;
  }

  /** Waits until it has said so, from its start on. */
  synchronized String awaitLine(Predicate<String> which) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      for (int next = 0; ; next++) {
        while (next == lines.size()) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0 || !process.isAlive()) {
            throw new AssertionError("never said, or ended:\n" + String.join("\n", lines));
          }
          wait(Math.min(left, 1000));
        }
        if (which.test(lines.get(next))) {
          return lines.get(next);
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What a persona's file exports. */
  Map<String, String> environment(String persona) {
    try {
      return EXPORT
          .matcher(Files.readString(work.resolve(persona + ".env")))
          .results()
          .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** AWS's client, as the persona. */
  EmrServerlessClient client(String persona) {
    Map<String, String> environment = environment(persona);
    return EmrServerlessClient.builder()
        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_EMR_SERVERLESS")))
        .region(Region.of(environment.get("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    environment.get("AWS_ACCESS_KEY_ID"),
                    environment.get("AWS_SECRET_ACCESS_KEY"))))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** What a function printed so far. */
  List<String> log(String function) throws IOException {
    return Files.readAllLines(work.resolve(function + ".log"));
  }

  /** Waits until a function has printed such a line. */
  void awaitLog(String function, Predicate<String> which) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (log(function).stream().noneMatch(which)) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError(function + " never said:\n" + String.join("\n", log(function)));
      }
      Thread.sleep(100);
    }
  }

  /** The processes that it started and that still run. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  @Override
  public void close() {
    List<ProcessHandle> started = descendants();
    process.destroy();
    process.onExit().join();
    started.forEach(child -> child.onExit().join());
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = output.readLine()) != null; ) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      // It was closed; whoever still waits for a line hears of it there.
    }
  }
}
