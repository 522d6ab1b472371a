package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduledFunctionsTest {

  private static final String FUNCTION = "SparkConnectReaperFunctionEC52721E";
  private static final String SCHEDULE = "SparkConnectReaperSchedule9DD890ED";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private final List<String> remarks = new ArrayList<>();

  @Test
  void areReadWithTheirJarVariablesAndSchedule() throws Exception {
    Blueprint dev = read(Resources.assemblyWithJar(directory));

    assertThat(dev.functions()).hasSize(1);
    ScheduledFunction reaper = dev.functions().get(0);
    assertThat(reaper.name()).isEqualTo("reaper");
    assertThat(reaper.function().handler())
        .isEqualTo("io.sparkgate.function.reaper.sweep.ReaperHandler");
    assertThat(reaper.function().jar()).isEqualTo(directory.resolve("asset.00000000.jar"));
    assertThat(reaper.function().environment().get("SPARKGATE_REAPER"))
        .startsWith(
            "{\"applications\":[\""
                + dev.application().orElseThrow().id()
                + "\"],\"idleMinutes\":30,");
    assertThat(reaper.function().timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(reaper.function().memoryMb()).isEqualTo(512);
    assertThat(reaper.every()).isEqualTo(Duration.ofMinutes(5));
    assertThat(reaper.roleLogicalId()).isEqualTo("SparkConnectReaperRoleEE25A966");
    assertThat(remarks).isEmpty();
  }

  @Test
  void areNotRunWithoutTheirJar() throws Exception {
    Blueprint dev = read(Resources.assembly());

    assertThat(dev.functions()).isEmpty();
    assertThat(remarks)
        .containsExactly(
            "function SparkConnectReaperFunctionEC52721E is not run: its jar asset.00000000.jar is"
                + " not beside the template; name the cdk.out directory that it was synthesized to");
  }

  @Test
  void areAllThatWatchTheApplicationTheMostFrequentFirst() throws Exception {
    Resources.assemblyWithJar(directory);
    add("Guard", "io.sparkgate.function.watch.SessionGuardHandler", "rate(15 minutes)");
    add("Audit", "com.acme.Audit", "rate(1 minute)");

    List<ScheduledFunction> functions = read(directory).functions();

    assertThat(functions)
        .extracting(ScheduledFunction::name)
        .containsExactly("audit", "reaper", "session-guard");
    assertThat(functions)
        .extracting(ScheduledFunction::every)
        .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));
    assertThat(remarks).isEmpty();
  }

  @Test
  void areNotRunWhereTheyWatchSomethingElse() throws Exception {
    Resources.assemblyWithJar(directory);
    add("Other", "com.acme.Sweeper", "rate(1 minute)", function -> function.remove("Environment"));

    assertThat(read(directory).functions())
        .extracting(ScheduledFunction::name)
        .containsExactly("reaper");
    assertThat(remarks)
        .containsExactly("function Other is not run: no variable of it names the application");
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.SessionGuardHandler, session-guard",
    "com.acme.Sweeper::handleRequest, sweeper",
    "com.acme.Functions$Audit, audit",
    "Handler, handler",
    "io.sparkgate.function.reaper.sweep.ReaperHandler, reaper-2"
  })
  void areCalledAfterTheirHandlers(String handler, String name) throws Exception {
    Resources.assemblyWithJar(directory);
    add("Other", handler, "rate(1 hour)");

    assertThat(read(directory).functions())
        .extracting(ScheduledFunction::name)
        .containsExactly("reaper", name);
  }

  private Blueprint read(Path assembly) throws BadInput {
    return Blueprints.read(assembly, Optional.of("dev"), remarks::add);
  }

  private void add(String id, String handler, String rate) throws IOException {
    add(id, handler, rate, properties -> {});
  }

  /** Adds a function that is the reaper but for these, with a schedule of its own. */
  private void add(String id, String handler, String rate, Consumer<ObjectNode> change)
      throws IOException {
    Path file = directory.resolve("SparkConnect-dev.template.json");
    JsonNode template = JSON.readTree(file.toFile());
    ObjectNode resources = (ObjectNode) template.path("Resources");
    ObjectNode function = resources.path(FUNCTION).deepCopy();
    change.accept(function.withObject("/Properties").put("Handler", handler));
    ObjectNode schedule = resources.path(SCHEDULE).deepCopy();
    schedule.withObject("/Properties").put("ScheduleExpression", rate);
    schedule.withObject("/Properties/Target/Arn").putArray("Fn::GetAtt").add(id).add("Arn");
    resources.set(id, function);
    resources.set(id + "Schedule", schedule);
    Files.writeString(file, template.toString());
  }
}
