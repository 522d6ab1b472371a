package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/operations.md has a screen for each alarm that the app can make, and for no other. */
class OperationsPageTest {

  private static final Path PAGE = Path.of("../docs/operations.md");

  private static final List<String> PARTS =
      List.of("**Means.**", "**Look.**", "**Do.**", "**Do not**");

  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:warned";

  private static final Map<String, Object> ALL =
      Map.of(
          "takeoverAlarm",
          true,
          "monitoring",
          Map.of("alarms", Map.of("dollarsPerDay", 100), "warnTopic", TOPIC),
          "warmPool",
          Map.of("drivers", 1, "executors", 2, "vcpu", 4, "memoryGb", 16),
          "warmHours",
          Map.of("zone", "Europe/Berlin", "from", "08:00", "to", "18:00"));

  @Test
  void hasAScreenForEachAlarm(@TempDir Path directory, @TempDir Path clusters) throws IOException {
    List<String> alarms =
        Stream.concat(
                Synthesized.dev(directory, ALL).templates().stream(),
                Clusters.synthesize(clusters).templates().stream())
            .map(Synthesized::read)
            .flatMap(template -> template.get("Resources").properties().stream())
            .filter(made -> made.getValue().get("Type").asText().equals("AWS::CloudWatch::Alarm"))
            .map(OperationsPageTest::name)
            .toList();

    assertThat(alarms).hasSizeGreaterThan(14);
    assertThat(alarms)
        .allSatisfy(alarm -> assertThat(screens().keySet()).anyMatch(alarm::endsWith));
    assertThat(screens().keySet())
        .allSatisfy(screen -> assertThat(alarms).anyMatch(alarm -> alarm.endsWith(screen)));
  }

  /** Without the CDK's hash, and the number of a second of one kind. */
  private static String name(Map.Entry<String, JsonNode> made) {
    return made.getKey().replaceFirst("[0-9A-F]{8}$", "").replaceFirst("\\d+$", "");
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
