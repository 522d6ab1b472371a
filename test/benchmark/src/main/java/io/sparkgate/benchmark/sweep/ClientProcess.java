package io.sparkgate.benchmark.sweep;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.benchmark.service.Operation;
import io.sparkgate.benchmark.service.Rate;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that sweeps once, and ends with this JVM, however that is ended. {@code Turn} says what
 * passes between the two.
 */
final class ClientProcess implements AutoCloseable {

  private static final int MAX_TERMINATIONS = 1_000;

  /** Where the service has no limit, the highest that the function takes. */
  private static final Rate NO_LIMIT = new Rate(10_000, 10_000);

  /** What a program needs of the machine; nothing else of this environment gets in. */
  private static final List<String> OF_THE_MACHINE = List.of("PATH", "HOME");

  private final Strategy strategy;
  private final Process process;
  private final BufferedReader output;
  private final Thread end;
  private String last = "";

  ClientProcess(Strategy strategy, Setting setting, URI service) throws IOException {
    this.strategy = strategy;
    ProcessBuilder builder = new ProcessBuilder(Programs.command(strategy));
    builder.environment().keySet().retainAll(OF_THE_MACHINE);
    builder.environment().putAll(environment(setting, service));
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output = process.inputReader(StandardCharsets.UTF_8);
    end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /**
   * What it says of its sweep.
   *
   * @param seconds that passed
   * @param cpuSeconds of its processor time
   * @param failedLists how many applications it could not list
   * @param failedSessions how many more sessions it could not look at or terminate
   * @param record the last line that it printed before; the figures of the sweep, if it is ours
   */
  record Done(
      double seconds, double cpuSeconds, int failedLists, int failedSessions, String record) {}

  /** Waits until it has primed itself. */
  void ready() throws IOException {
    await("ready");
  }

  Done sweep() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    String[] done = await("done").split(" ");
    return new Done(
        Long.parseLong(done[1]) / 1e9,
        Long.parseLong(done[2]) / 1e9,
        Integer.parseInt(done[3]),
        Integer.parseInt(done[4]),
        last);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(end);
  }

  private String await(String word) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(word)) {
        return line;
      }
      last = line;
    }
    throw new IOException("%s ended before it was %s: %s".formatted(strategy.title(), word, last));
  }

  private static Map<String, String> environment(Setting setting, URI service) throws IOException {
    return Map.of(
        "AWS_REGION", "us-east-1",
        "AWS_DEFAULT_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY", "not-a-secret",
        "AWS_CONFIG_FILE", "no-such-file",
        "AWS_SHARED_CREDENTIALS_FILE", "no-such-file",
        "AWS_ENDPOINT_URL_EMR_SERVERLESS", service.toString(),
        "APPLICATIONS", String.join(",", setting.ids()),
        "IDLE_MINUTES", String.valueOf(limit(setting)),
        "SPARKGATE_REAPER", configuration(setting));
  }

  private static long limit(Setting setting) {
    return setting.fleet(false).limit().toMinutes();
  }

  /** For the function; {@code ReaperConfig} in {@code lambda} says its fields. */
  private static String configuration(Setting setting) throws IOException {
    Map<String, Object> rates = new LinkedHashMap<>();
    setting
        .plainCalls()
        .keySet()
        .forEach(operation -> rates.put(Limits.name(operation), rate(setting, operation)));
    return JSON.std.asString(
        Map.of(
            "applications",
            setting.ids(),
            "idleMinutes",
            limit(setting),
            "keepTag",
            "sparkgate:keep-until",
            "maxTerminations",
            MAX_TERMINATIONS,
            "dryRun",
            false,
            "rates",
            rates));
  }

  private static Map<String, Object> rate(Setting setting, Operation operation) {
    Rate rate = setting.limits().rates().getOrDefault(operation, NO_LIMIT);
    return Map.of("perSecond", rate.perSecond(), "burst", (int) rate.burst());
  }
}
