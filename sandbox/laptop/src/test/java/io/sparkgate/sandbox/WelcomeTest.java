package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import io.sparkgate.sandbox.template.JavaFunction;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WelcomeTest {

  @Test
  void namesEveryFunctionItsScheduleAndItsLog() throws Exception {
    assertThat(text(function("reaper", 5), function("session-guard", 15)).lines())
        .contains(
            "  clock         real time; --minute 1 shows an hour in a minute",
            "  reaper        every 5 min, the function's own jar; records in /w/reaper.log",
            "  session-guard every 15 min, the function's own jar; records in"
                + " /w/session-guard.log");
  }

  @Test
  void saysWhereATemplateHasNone() throws Exception {
    assertThat(text().lines()).contains("  functions     none in this template");
  }

  @Test
  void saysWhichPythonRunsFunctions() throws Exception {
    assertThat(text().lines())
        .contains("  Python        /v/bin/python  (Python 3.11 PySpark 3.5.6)");
  }

  @Test
  void saysWhichFolderIsWhichBucket() throws Exception {
    assertThat(text().lines())
        .contains(
            "  S3            /w/s3  (a folder is a bucket)",
            "                  s3://sparkconnect-dev-lake-1a2b  (Lake)");
  }

  private static String text(ScheduledFunction... functions) throws Exception {
    Blueprint blueprint =
        new Blueprint(
            "SparkConnect-dev",
            "111122223333",
            "eu-west-1",
            Optional.of(
                new Blueprint.Application(
                    "00f1",
                    "arn",
                    JsonNodeFactory.instance.objectNode().put("releaseLabel", "emr-1"))),
            "role",
            Optional.empty(),
            Map.of(),
            Map.of("Lake", "sparkconnect-dev-lake-1a2b"),
            Stream.of(functions).toList(),
            Map.of());
    return new Welcome(
            blueprint,
            Options.parse("--work", "/w"),
            URI.create("http://127.0.0.1:4466"),
            List.of("http://127.0.0.1:4466/dashboards/SparkConnect-dev"),
            Path.of("/jdk"),
            "/v/bin/python  (Python 3.11 PySpark 3.5.6)")
        .text(List.of());
  }

  private static ScheduledFunction function(String name, int minutes) {
    return new ScheduledFunction(
        name,
        new JavaFunction(name, "Handler", Path.of("a.jar"), Map.of(), Duration.ZERO, 128),
        Duration.ofMinutes(minutes),
        "Role");
  }
}
