package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/operations.md has a screen for each alarm that the app can make, and for no other. */
class OperationsPageTest {

  private static final Path PAGE = Path.of("../docs/operations.md");

  private static final List<String> PARTS =
      List.of("**Means.**", "**Look.**", "**Do.**", "**Do not**");

  private static final Map<String, Object> ALL =
      Map.of(
          "takeoverAlarm",
          true,
          "monitoring",
          Map.of("alarms", Map.of("dollarsPerDay", 100)),
          "warmPool",
          Map.of("drivers", 1, "executors", 2, "vcpu", 4, "memoryGb", 16),
          "warmHours",
          Map.of("zone", "Europe/Berlin", "from", "08:00", "to", "18:00"));

  @Test
  void hasAScreenForEachAlarm(@TempDir Path directory, @TempDir Path clusters) throws IOException {
    Set<String> alarms = new TreeSet<>();
    Stream.concat(
            Synthesized.dev(directory, ALL).templates().stream(),
            Clusters.synthesize(clusters).templates().stream())
        .map(Synthesized::read)
        .forEach(template -> template.get("Resources").forEach(made -> add(alarms, made)));

    assertThat(alarms).hasSizeGreaterThan(14);
    assertThat(screens().keySet()).isEqualTo(alarms);
  }

  private static void add(Set<String> alarms, JsonNode made) {
    if (made.get("Type").asText().equals("AWS::CloudWatch::Alarm")) {
      String[] path = made.at("/Metadata/aws:cdk:path").asText().split("/");
      // A second of one kind has a number.
      alarms.add(path[path.length - 2].replaceFirst("\\d+$", ""));
    }
  }

  @Test
  void hasInEachWhatItMeansWhereToLookWhatToDoAndWhatNot() throws IOException {
    assertThat(screens())
        .allSatisfy((alarm, text) -> assertThat(text).as(alarm).contains(PARTS))
        .allSatisfy((alarm, text) -> assertThat(text.lines()).as(alarm).hasSizeLessThan(25));
  }

  @Test
  void leadsFromItsTableToEachScreen() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(screens().keySet())
        .allSatisfy(
            alarm ->
                assertThat(page)
                    .contains("[%s](#%s)".formatted(alarm, alarm.toLowerCase(Locale.ROOT))));
  }

  private static Map<String, String> screens() throws IOException {
    Map<String, String> screens = new TreeMap<>();
    for (String section : Files.readString(PAGE).split("\n## ")) {
      if (!section.startsWith("# ")) {
        int end = section.indexOf('\n');
        screens.put(section.substring(0, end), section.substring(end));
      }
    }
    return screens;
  }
}
