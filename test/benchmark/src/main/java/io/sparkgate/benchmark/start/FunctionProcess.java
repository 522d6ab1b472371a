package io.sparkgate.benchmark.start;

import io.sparkgate.benchmark.start.RuntimeApi.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running function and its Runtime API; ends with this JVM, however that is ended. */
final class FunctionProcess implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** What a program needs of the machine; nothing else of this environment gets in. */
  private static final List<String> OF_THE_MACHINE = List.of("PATH", "HOME");

  private static final String EVENT =
      """
      {"version": "0", "id": "11111111-2222-3333-4444-555555555555",
       "detail-type": "Scheduled Event", "source": "aws.events", "account": "123456789012",
       "time": "2026-01-01T00:00:00Z", "region": "us-east-1",
       "resources": ["arn:aws:events:us-east-1:123456789012:rule/reaper"], "detail": {}}
      """;

  private final Variant variant;
  private final Path log;
  private final RuntimeApi api = new RuntimeApi();
  private final long start;
  private final Process process;
  private final Thread end;

  /** Starts it, with the service at that address. */
  FunctionProcess(Variant variant, URI service) throws IOException {
    this.variant = variant;
    this.log = variant.task().resolve("log");
    ProcessBuilder builder = new ProcessBuilder(variant.command());
    builder.directory(variant.task().toFile());
    builder.environment().keySet().retainAll(OF_THE_MACHINE);
    builder.environment().putAll(lambda(variant, api.address(), service));
    builder.environment().putAll(variant.environment());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    start = System.nanoTime();
    process = builder.start();
    end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  private static Map<String, String> lambda(Variant variant, String api, URI service) {
    Path none = variant.task().resolve("no-such-file");
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", api),
        Map.entry("AWS_REGION", "us-east-1"),
        Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "ASIAEXAMPLEEXAMPLE12"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "example/secret/example/secret/example123"),
        Map.entry("AWS_SESSION_TOKEN", "example".repeat(100)),
        Map.entry("AWS_CONFIG_FILE", none.toString()),
        Map.entry("AWS_SHARED_CREDENTIALS_FILE", none.toString()),
        Map.entry("AWS_ENDPOINT_URL_EMR_SERVERLESS", service.toString()),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "reaper"),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(JavaVariants.MEMORY)),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/reaper"),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "benchmark"),
        Map.entry("LAMBDA_TASK_ROOT", variant.task().toString()),
        Map.entry("TZ", ":UTC"));
  }

  /** Waits until the function asks for an event, and says how long after the start that was. */
  Duration ready() throws IOException, InterruptedException {
    return Duration.ofNanos(await(api.asked()) - start);
  }

  /** Runs the function, which must be {@link #ready}, and says how long it took. */
  Duration invoke() throws IOException, InterruptedException {
    long handedOver = System.nanoTime();
    api.offer(EVENT);
    Answer answer = await(api.answers());
    if (answer.failed()) {
      throw failed("answered with the error " + answer.body());
    }
    return Duration.ofNanos(answer.time() - handedOver);
  }

  /** The processor time that it has used; to ten milliseconds, as Linux counts. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** The most memory that it has had, in MiB. */
  double peakMemory() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(end);
    api.close();
  }

  private <T> T await(BlockingQueue<T> queue) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      T item = queue.poll(100, TimeUnit.MILLISECONDS);
      if (item != null) {
        return item;
      }
      Answer failure = api.answers().peek();
      if (failure != null && failure.failed()) {
        throw failed("could not start: " + failure.body());
      }
      if (!process.isAlive()) {
        throw failed("exited with " + process.exitValue());
      }
    }
    throw failed("did nothing for " + LIMIT.toSeconds() + " s");
  }

  private IOException failed(String what) throws IOException {
    return new IOException("%s %s%n%s".formatted(variant.name(), what, Files.readString(log)));
  }
}
