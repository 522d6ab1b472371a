package io.sparkgate.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.border.SessionEvents;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.sandbox.events.EventPattern;
import io.sparkgate.sandbox.events.TargetInput;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.sns.Topic;

/** What people read in chat and mail, by the template's own rules. */
class WarningMessageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> rules = rules();

  @Test
  void tellsOfABudgetWhichIsOfNoApplication() throws Exception {
    for (String type :
        List.of(SessionEvents.OWNER_BUDGET_WARNING, SessionEvents.OWNER_LIMIT_REACHED)) {
      assertThat(messages(type, budget()))
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.at("/content/title").asText()).isEqualTo(type + ": alice");
                assertThat(message.at("/content/description").asText())
                    .isEqualTo("alice spent 41 dollars today, 82 % of 50");
                assertThat(message.at("/metadata/additionalContext/owner").asText())
                    .isEqualTo("alice");
              });
    }
  }

  @Test
  void tellsOfAnEndWhateverTheNameOfTheSessionHas() throws Exception {
    assertThat(messages(SessionEvents.IDLE_WARNING, ending("Monitor")))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.at("/content/title").asText())
                  .isEqualTo("Session click here of alice ends at 2026-11-27T12:00:00Z");
              assertThat(message.at("/content/description").asText())
                  .isEqualTo(
                      "idle for 50 min. To keep it, use it, or ask an operator for: sparkgate keep"
                          + " 00s1 --prefix /sparkgate/dev --until 2026-11-27T14:00:00Z");
            });
  }

  @Test
  void tellsNothingOfAnotherMonitor() throws Exception {
    assertThat(messages(SessionEvents.IDLE_WARNING, ending("Another"))).isEmpty();
  }

  /** As the monitor puts it: without an application. */
  private static Map<String, Object> budget() {
    return Map.of(
        SessionEvents.EVENT_ID, "alice:budgetWarning:2026-11-27",
        SessionEvents.MONITOR, "Monitor",
        SessionEvents.OWNER, "alice",
        SessionEvents.TIME, "2026-11-27T11:50:00Z",
        SessionEvents.RULE, "dailyBudget",
        SessionEvents.REASON, "alice spent 41 dollars today, 82 % of 50",
        SessionEvents.DRY_RUN, true);
  }

  private static Map<String, Object> ending(String monitor) {
    return Map.of(
        SessionEvents.EVENT_ID, "00s1:idleWarning:2026-11-27T12:00:00Z",
        SessionEvents.MONITOR, monitor,
        SessionEvents.APPLICATION_ID, "00app1",
        SessionEvents.SESSION_ID, "00s1",
        SessionEvents.NAME, "\"}<[click here](https://example.com)",
        SessionEvents.TITLE, "click here",
        SessionEvents.OWNER, "alice",
        SessionEvents.REASON, "idle for 50 min",
        SessionEvents.ENDS_AT, "2026-11-27T12:00:00Z",
        SessionEvents.KEEP_COMMAND,
            "sparkgate keep 00s1 --prefix /sparkgate/dev --until 2026-11-27T14:00:00Z");
  }

  private List<JsonNode> messages(String type, Map<String, Object> detail) throws Exception {
    JsonNode event =
        JSON.valueToTree(
            Map.of("source", SessionEvents.SOURCE, "detail-type", type, "detail", detail));
    List<JsonNode> messages = new ArrayList<>();
    for (JsonNode rule : rules) {
      if (EventPattern.matches(rule.get("EventPattern"), event)) {
        messages.add(JSON.readTree(TargetInput.of(rule.at("/Targets/0"), event)));
      }
    }
    return messages;
  }

  /** Their properties, where the monitor's function is called Monitor. */
  private static List<JsonNode> rules() {
    Stack stack = new Stack();
    SessionMonitor monitor =
        SessionMonitor.Builder.create(stack, "Monitor")
            .watch(EmrServerlessApplication.fromApplicationId(stack, "Application", "00app1"))
            .build();
    monitor.warnTo(new Topic(stack, "Warned"));
    return Template.fromStack(stack).findResources("AWS::Events::Rule").values().stream()
        .map(rule -> named(JSON.valueToTree(rule.get("Properties"))))
        .toList();
  }

  private static JsonNode named(JsonNode rule) {
    try {
      return JSON.readTree(
          rule.toString().replaceAll("\\{\"Ref\":\"MonitorFunction\\w+\"}", "\"Monitor\""));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
