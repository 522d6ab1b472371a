package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.border.SessionEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.sns.Topic;

/** What docs/monitoring.md shows is compiled, synthesized and there. */
class MonitoringPageTest {

  private static final Path PAGE = Path.of("../docs/monitoring.md");
  private static final Path EXAMPLES = Path.of("java/io/sparkgate/test/MonitoringExamples.java");

  @Test
  void showsOnlyJavaThatCompiles() throws IOException {
    String compiled = unindented(Files.readString(EXAMPLES));

    assertThat(blocks("java"))
        .hasSizeGreaterThan(7)
        .allSatisfy(block -> assertThat(compiled).contains(unindented(block)));
  }

  @Test
  void showsOnlyJavaThatSynthesizes() {
    Stack others = new Stack(new App(), "Others");
    // Of a stack of its own: a foundation with topic and role is the cycle that the page tells of.
    Topic topic = Topic.Builder.create(new Stack(others, "Topics"), "Topic").build();
    Role people =
        Role.Builder.create(others, "People").assumedBy(new AccountRootPrincipal()).build();

    Stack monitored = new MonitoringExamples.Monitored(others, topic, people, people);
    Stack alarmed = new MonitoringExamples.Alarmed(others, topic);
    Stack limited = new MonitoringExamples.Limited(others);
    Stack oldRecords = new MonitoringExamples.OldRecords(others);
    Stack warm = new MonitoringExamples.Warm(others);

    Template.fromStack(monitored).resourceCountIs("AWS::Chatbot::SlackChannelConfiguration", 1);
    Template.fromStack(monitored).resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    Template.fromStack(alarmed).resourceCountIs("AWS::Events::Rule", 2);
    Template.fromStack(limited).resourceCountIs("AWS::Glue::Table", 1);
    Template.fromStack(oldRecords).resourceCountIs("AWS::S3::Bucket", 0);
    Template.fromStack(warm).resourceCountIs("AWS::CloudWatch::Dashboard", 0);
  }

  @Test
  void showsEachEventByItsFields() throws Exception {
    Set<String> words = new TreeSet<>();
    for (var constant : SessionEvents.class.getFields()) {
      words.add((String) constant.get(null));
    }
    Set<String> shown = new TreeSet<>();
    for (String block : blocks("json")) {
      JsonNode json = new ObjectMapper().readTree(block);
      if (json.has("detail-type") && json.get("detail-type").isTextual()) {
        shown.add(json.get("detail-type").asText());
        json.get("detail").fieldNames().forEachRemaining(name -> isKnown(words, name));
      } else if (!json.has("source")) {
        json.properties().stream()
            .filter(each -> each.getKey().startsWith("Spark Connect "))
            .forEach(
                each -> {
                  shown.add(each.getKey());
                  each.getValue().fieldNames().forEachRemaining(name -> isKnown(words, name));
                });
      }
    }

    assertThat(shown)
        .isEqualTo(
            words.stream()
                .filter(word -> word.startsWith("Spark Connect "))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static void isKnown(Set<String> words, String field) {
    assertThat(words).contains(field);
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
