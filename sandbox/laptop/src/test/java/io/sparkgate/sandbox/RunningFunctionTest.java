package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.lambda.TestJar;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import io.sparkgate.sandbox.template.JavaFunction;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of the functions of a template while they run. */
class RunningFunctionTest {

  private static final Duration RARELY = Duration.ofMinutes(15);

  /** A record that the console shows; the session is the process. */
  private static final Map<String, String> TELLS_ITS_PROCESS =
      Map.of(
          "SAY",
          "{\"type\":\"decision\",\"outcome\":\"ran\",\"sessionId\":\"PID\",\"reason\":\"it\"}");

  @TempDir Path work;
  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private final Deque<RunningFunction> started = new ArrayDeque<>();

  @AfterEach
  void close() {
    started.forEach(RunningFunction::close);
  }

  @Test
  void hasItsOwnProcessAndItsOwnLog() throws Exception {
    start("reaper", RARELY, TELLS_ITS_PROCESS, 60, true);
    start("session-guard", RARELY, TELLS_ITS_PROCESS, 60, true);

    String reaper = process(await("reaper        ran: it", 1).get(0));
    String guard = process(await("session-guard  ran: it", 1).get(0));

    assertThat(guard).isNotEqualTo(reaper);
    assertThat(log("reaper")).singleElement().asString().contains(reaper);
    assertThat(log("session-guard")).singleElement().asString().contains(guard);
  }

  @Test
  void isHeardByWhoKeepsLogsAndMetrics() throws Exception {
    start("reaper", RARELY, TELLS_ITS_PROCESS, 60, true);
    start("session-guard", RARELY, Map.of("FAIL_INIT", "1"), 60, true);

    await("reaper ran well", 1);
    await("session-guard ran badly", 1);

    assertThat(heard).anyMatch(line -> line.startsWith("reaper: {\"type\":\"decision\""));
  }

  @Test
  void hasNoProcessBeforeItsFirstTurn() throws Exception {
    start("session-guard", RARELY, TELLS_ITS_PROCESS, 60, false);
    start("reaper", RARELY, TELLS_ITS_PROCESS, 60, true);

    await("reaper        ran: it", 1);

    assertThat(log("session-guard")).isEmpty();
    assertThat(work.resolve("functions/session-guard")).doesNotExist();
  }

  @Test
  void startsAnewForEachTurnOnTheFastClock() throws Exception {
    start("reaper", Duration.ofMinutes(1), TELLS_ITS_PROCESS, 1, false);

    assertThat(await("reaper        ran: it", 2))
        .extracting(RunningFunctionTest::process)
        .doesNotHaveDuplicates();
  }

  @Test
  void isNamedWhenItFails() throws Exception {
    start("session-guard", RARELY, Map.of("FAIL_INIT", "1"), 60, true);

    assertThat(await("failed", 1).get(0))
        .endsWith("  session-guard failed: java.lang.IllegalStateException: not today");
  }

  @Test
  void isNamedWhenItIsLate() throws Exception {
    start("session-guard", Duration.ofMillis(1), TELLS_ITS_PROCESS, 60, true);

    assertThat(await("late", 1).get(0)).endsWith("  session-guard is late");
  }

  private void start(
      String name, Duration every, Map<String, String> variables, double minute, boolean atOnce)
      throws IOException {
    Path jar = TestJar.of("Probe", Files.createDirectories(work.resolve("jars").resolve(name)));
    ScheduledFunction function =
        new ScheduledFunction(
            name,
            new JavaFunction(name, "Probe", jar, variables, Duration.ofSeconds(60), 128),
            every,
            "Role");
    Principal role =
        new Principal(
            "Role",
            "arn:aws:iam::111122223333:role/Role",
            "AROAROLE",
            NullNode.getInstance(),
            Duration.ofHours(1),
            List.of());
    Blueprint blueprint =
        new Blueprint(
            "SparkConnect-dev",
            "111122223333",
            "eu-west-1",
            Optional.of(
                new Blueprint.Application(
                    "00f1",
                    "arn:aws:emr-serverless:eu-west-1:111122223333:/applications/00f1",
                    NullNode.getInstance())),
            "arn:aws:iam::111122223333:role/Execution",
            Optional.empty(),
            Map.of("Role", role),
            Map.of(),
            List.of(function),
            Map.of());
    SandboxClock clock = SandboxClock.withMinuteOf(minute, Clock.systemUTC());
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void println(String line) {
            shown.add(line);
          }
        };
    RunningFunction running =
        new RunningFunction(
            function,
            blueprint,
            new TemplateAccess(blueprint).issue("Role", name),
            URI.create("http://127.0.0.1:1"),
            Map::of,
            new Heard(),
            work,
            new Console(out, false, clock, work));
    started.push(running);
    running.start(clock, atOnce);
  }

  private final class Heard implements RunningFunction.Listener {
    @Override
    public void printed(String functionLogicalId, String line) {
      heard.add(functionLogicalId + ": " + line);
    }

    @Override
    public void invoked(String functionLogicalId, Duration took, boolean failed) {
      shown.add(functionLogicalId + (failed ? " ran badly" : " ran well"));
    }
  }

  /** The first lines with a part, when there are so many. */
  private List<String> await(String part, int count) throws InterruptedException {
    List<String> found = new ArrayList<>();
    while (found.size() < count) {
      found = seen.stream().filter(line -> line.contains(part)).limit(count).toList();
      if (found.size() < count) {
        String line = shown.poll(60, TimeUnit.SECONDS);
        assertThat(line).as("a line with '%s' after %s", part, seen).isNotNull();
        seen.add(line);
      }
    }
    return found;
  }

  /** The second word of a line, after the time. */
  private static String process(String line) {
    return line.split(" +")[1];
  }

  private List<String> log(String name) throws IOException {
    return Files.readAllLines(work.resolve(name + ".log"));
  }
}
