package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.function.stub.EventSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** The first event whole; of the others what is different, but for those of no session. */
  @Test
  void showsEachEventAsTheSchemaHasIt() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Map<String, Object> whole = new LinkedHashMap<>();
    Map<String, Map<String, Object>> shown = new TreeMap<>();
    for (String block : blocks("json")) {
      Map<String, Object> json = mapper.readValue(block, new TypeReference<>() {});
      if (json.get("detail-type") instanceof String type) {
        ((Map<?, ?>) json.get("detail")).forEach((field, value) -> whole.put("" + field, value));
        shown.put(type, whole);
      }
      json.forEach(
          (type, fields) -> {
            if (type.startsWith("Spark Connect ")) {
              Map<String, Object> detail =
                  new LinkedHashMap<>(type.endsWith("Budget Warning") ? Map.of() : whole);
              ((Map<?, ?>) fields).forEach((field, value) -> detail.put("" + field, value));
              shown.put(type, detail);
            }
          });
    }
    // A takeover is told by another function than the monitor.
    shown.get("Spark Connect Session Takeover Suspected").remove("monitor");

    EventSchema schema = EventSchema.read();
    assertThat(shown.keySet()).isEqualTo(schema.types());
    assertThat(shown)
        .allSatisfy((type, detail) -> assertThat(schema.problems(type, detail)).isEmpty());
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
