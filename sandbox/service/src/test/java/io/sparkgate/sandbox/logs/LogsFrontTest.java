package io.sparkgate.sandbox.logs;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.http.Neighbour;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogsFrontTest {

  private static final String ARN = "arn:aws:logs:eu-west-1:111122223333:";
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private final LiveAccess access = new LiveAccess();
  private final Credentials reader =
      access.issueUser(
          "arn:aws:iam::111122223333:user/reader",
          List.of(
              json(
                  "{'Effect':'Allow','Action':'logs:FilterLogEvents','Resource':'%slog-group:reaper:*'}"
                      .formatted(ARN))));
  private final LogGroups groups = new LogGroups(Set.of("reaper", "monitor"));
  private final Neighbour neighbour =
      new Neighbour(
          new LogsFront(
              access,
              groups,
              resource -> ARN + resource,
              // What clients see is an hour later.
              time -> time.plus(Duration.ofHours(1))));

  @AfterEach
  void close() {
    neighbour.close();
  }

  private void print() {
    groups.print("reaper", NOON, "Started.");
    for (int i = 1; i <= 4; i++) {
      groups.print(
          "reaper",
          NOON.plusSeconds(i),
          "{\"type\": \"decision\", \"sessionId\": \"00%d\", \"rule\": {\"name\": \"%s\"}}"
              .formatted(i, i % 2 == 0 ? "idle" : "age"));
    }
  }

  private Neighbour.Reply read(String body) {
    return neighbour.call(reader.accessKeyId(), "Logs_20140328.FilterLogEvents", body);
  }

  private static List<String> messages(JsonNode answer) {
    List<String> messages = new ArrayList<>();
    answer.path("events").forEach(event -> messages.add(event.path("message").asText()));
    return messages;
  }

  @Test
  void givesWhatAFunctionPrinted() {
    print();
    JsonNode answer = read("{'logGroupName': 'reaper'}").body();
    assertThat(messages(answer)).hasSize(5).startsWith("Started.");
    assertThat(answer.at("/events/0/timestamp").asLong())
        .isEqualTo(NOON.plus(Duration.ofHours(1)).toEpochMilli());
    assertThat(answer.has("nextToken")).isFalse();
  }

  @Test
  void findsRecordsByTheirFields() {
    print();
    assertThat(
            messages(
                read("{'logGroupName': 'reaper', 'filterPattern': '{ $.sessionId = \\'003\\' }'}")
                    .body()))
        .singleElement()
        .asString()
        .contains("\"sessionId\": \"003\"");
    assertThat(
            messages(
                read("{'logGroupName': 'reaper', 'filterPattern': '{ ($.rule.name = idle) && ($.sessionId != \\'002\\') }'}")
                    .body()))
        .singleElement()
        .asString()
        .contains("\"sessionId\": \"004\"");
    assertThat(
            messages(
                read("{'logGroupName': 'reaper', 'filterPattern': '{ $.sessionId = \\'001\\' || $.sessionId = \\'002\\' }'}")
                    .body()))
        .hasSize(2);
  }

  @Test
  void keepsToTimesThatItsClientsKnow() {
    print();
    long from = NOON.plus(Duration.ofHours(1)).plusSeconds(2).toEpochMilli();
    assertThat(
            messages(
                read("{'logGroupName': 'reaper', 'startTime': %d, 'endTime': %d}"
                        .formatted(from, from + 1000))
                    .body()))
        .hasSize(2);
  }

  @Test
  void givesPages() {
    print();
    JsonNode first =
        read("{'logGroupIdentifier': '%slog-group:reaper', 'limit': 3}".formatted(ARN)).body();
    assertThat(messages(first)).hasSize(3);
    JsonNode second =
        read("{'logGroupName': 'reaper', 'limit': 3, 'nextToken': '%s'}"
                .formatted(first.path("nextToken").asText()))
            .body();
    assertThat(messages(second)).hasSize(2);
    assertThat(second.has("nextToken")).isFalse();
  }

  @Test
  void asksThePolicyForTheGroup() {
    Neighbour.Reply reply = read("{'logGroupName': 'monitor'}");
    assertThat(reply.body().path("__type").asText()).isEqualTo("AccessDeniedException");
    assertThat(reply.body().path("message").asText())
        .contains("logs:FilterLogEvents on resource: " + ARN + "log-group:monitor:log-stream:");
  }

  @Test
  void knowsAGroupByItsArnToo() {
    print();
    assertThat(
            messages(read("{'logGroupIdentifier': '%slog-group:reaper:*'}".formatted(ARN)).body()))
        .hasSize(5);
  }

  @Test
  void matchesBeginningsAndNothingThatALineHasNot() {
    print();
    assertThat(messages(filtered("{ $.type = \\'deci*\\' }"))).hasSize(4);
    assertThat(messages(filtered("{ $.type = \\'deci\\' }"))).isEmpty();
    assertThat(messages(filtered("{ $.none != \\'x\\' }"))).isEmpty();
  }

  private JsonNode filtered(String pattern) {
    return read("{'logGroupName': 'reaper', 'filterPattern': '" + pattern + "'}").body();
  }

  @Test
  void keepsTheOrderOfLinesOfWhichItForgetsTheFirst() {
    for (int i = 0; i <= 50_000; i++) {
      groups.print("reaper", NOON, "line " + i);
    }
    JsonNode answer = read("{'logGroupName': 'reaper', 'limit': 1}").body();
    assertThat(messages(answer)).containsExactly("line 25000");
    groups.print("reaper", NOON, "one more");
    assertThat(
            messages(
                read("{'logGroupName': 'reaper', 'nextToken': '%d'}".formatted(50_000)).body()))
        .containsExactly("one more");
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    Credentials all =
        access.issueUser(
            "arn:aws:iam::111122223333:user/all",
            List.of(json("{'Effect':'Allow','Action':'logs:FilterLogEvents','Resource':'*'}")));
    assertThat(
            neighbour
                .call(
                    all.accessKeyId(), "Logs_20140328.FilterLogEvents", "{'logGroupName': 'none'}")
                .body()
                .path("__type")
                .asText())
        .isEqualTo("ResourceNotFoundException");
    assertThat(read("{'logGroupName': 'reaper', 'nextToken': 'x'}").body().path("message").asText())
        .isEqualTo("The specified nextToken is invalid.");
    assertThat(neighbour.call(reader.accessKeyId(), "Logs_20140328.GetLogEvents", "{}").text())
        .contains(
            "The sandbox's CloudWatch Logs has no operation GetLogEvents; it plays FilterLogEvents.");
  }

  @Test
  void refusesPatternsThatItDoesNotKnow() {
    assertThat(
            read("{'logGroupName': 'reaper', 'filterPattern': '?ERROR ?WARN'}")
                .body()
                .path("message")
                .asText())
        .isEqualTo(
            "The sandbox does not know the filter pattern ?ERROR ?WARN; it knows the empty one, and { $.field = \"value\" } joined by && or ||");
  }
}
