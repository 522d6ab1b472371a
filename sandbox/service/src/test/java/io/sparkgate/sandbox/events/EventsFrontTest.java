package io.sparkgate.sandbox.events;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.http.Neighbour;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.template.EventRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsFrontTest {

  private static final String ARN = "arn:aws:events:eu-west-1:111122223333:";
  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:Warnings";

  @TempDir private Path work;

  private final LiveAccess access = new LiveAccess();
  private final List<String> remarks = new ArrayList<>();
  private final Credentials monitor =
      access.issueUser(
          "arn:aws:iam::111122223333:user/monitor",
          List.of(
              json(
                  "{'Effect':'Allow','Action':'events:PutEvents','Resource':'%sevent-bus/default','Condition':{'StringEquals':{'events:source':'sparkgate'}}}"
                      .formatted(ARN))));

  private Neighbour neighbour;
  private Buses buses;

  private Neighbour.Reply put(String rule, String entries) {
    var targets =
        List.of(
            json(
                "{'Id': 'T0', 'Arn': '%s', 'InputTransformer': {'InputPathsMap': {'o': '$.detail.owner', 'n': '$.detail.minutes', 'x': '$.detail.none'}, 'InputTemplate': 'To <o>: <n> minutes<x>.'}}"
                    .formatted(TOPIC)));
    buses =
        new Buses(
            Set.of("default", "other"),
            List.of(
                new EventRule("Warn", "default", json(rule), targets),
                new EventRule("Elsewhere", "other", json("{}"), targets)),
            Optional.of(work),
            remarks::add);
    neighbour =
        new Neighbour(
            new EventsFront(
                access,
                buses,
                resource -> ARN + resource,
                InstantSource.fixed(Instant.parse("2026-11-27T08:00:00.5Z"))));
    return call("AWSEvents.PutEvents", entries);
  }

  private Neighbour.Reply call(String operation, String entries) {
    return neighbour.call(monitor.accessKeyId(), operation, "{'Entries': " + entries + "}");
  }

  @AfterEach
  void close() {
    neighbour.close();
  }

  private static final String ENTRY =
      "{'Source': '%s', 'DetailType': 'Spark Connect Session Idle Warning', 'Detail': '{\\'owner\\': \\'alice\\', \\'minutes\\': 5}'}";

  @Test
  void sendsOnWhatARuleWaitsFor() throws IOException {
    Neighbour.Reply reply =
        put("{'detail': {'owner': ['alice']}}", "[" + ENTRY.formatted("sparkgate") + "]");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("FailedEntryCount").asInt()).isZero();
    assertThat(buses.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("id").asText())
                  .isEqualTo(reply.body().at("/Entries/0/EventId").asText());
              assertThat(event.path("time").asText()).isEqualTo("2026-11-27T08:00:00Z");
              assertThat(event.path("region").asText()).isEqualTo("eu-west-1");
              assertThat(event.path("account").asText()).isEqualTo("111122223333");
            });
    assertThat(buses.deliveries())
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.eventId())
                  .isEqualTo(reply.body().at("/Entries/0/EventId").asText());
              assertThat(delivery.rule()).isEqualTo("Warn");
              assertThat(delivery.target()).isEqualTo(TOPIC);
              assertThat(delivery.input()).isEqualTo("To alice: 5 minutes.");
            });
    call("AWSEvents.PutEvents", "[" + ENTRY.formatted("sparkgate") + "]");
    assertThat(Files.readAllLines(work.resolve("events.jsonl")))
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(json(line).path("eventBus").asText()).isEqualTo("default");
              assertThat(json(line).at("/event/source").asText()).isEqualTo("sparkgate");
            });
    assertThat(Files.readAllLines(work.resolve("deliveries.jsonl")))
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo(
            "{\"at\":\"2026-11-27T08:00:00Z\",\"eventId\":\"%s\",\"rule\":\"Warn\",\"target\":\"%s\",\"input\":\"To alice: 5 minutes.\"}"
                .formatted(reply.body().at("/Entries/0/EventId").asText(), TOPIC));
  }

  @Test
  void keepsWhatNoRuleWaitsForToItself() {
    put("{'detail': {'owner': ['bob']}}", "[" + ENTRY.formatted("sparkgate") + "]");
    assertThat(buses.events()).hasSize(1);
    assertThat(buses.deliveries()).isEmpty();
  }

  @Test
  void asksThePolicyForTheBusAndTheSource() {
    Neighbour.Reply reply = put("{}", "[" + ENTRY.formatted("other") + "]");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("__type").asText()).isEqualTo("AccessDeniedException");
    assertThat(reply.body().path("message").asText())
        .contains("events:PutEvents on resource: " + ARN + "event-bus/default");
    assertThat(buses.events()).isEmpty();
  }

  @Test
  void putsTheGoodEntriesBesideTheBadOnes() {
    Neighbour.Reply reply =
        put(
            "{}",
            "[{'Source': 'sparkgate', 'DetailType': 'x', 'Detail': 'no json'}, "
                + ENTRY.formatted("sparkgate")
                + "]");
    assertThat(reply.body().path("FailedEntryCount").asInt()).isEqualTo(1);
    assertThat(reply.body().at("/Entries/0/ErrorCode").asText()).isEqualTo("MalformedDetail");
    assertThat(buses.events()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Source': 'sparkgate', 'Detail': '{}'                              | InvalidArgument",
        "'Source': 'sparkgate', 'DetailType': 'x', 'Detail': '[]'           | MalformedDetail",
        "'Source': 'aws.s3', 'DetailType': 'x', 'Detail': '{}'              | NotAuthorizedForSourceException",
        "'Source': 'sparkgate', 'DetailType': 'x', 'Detail': '{}', 'EventBusName': 'none' | ResourceNotFoundException",
      })
  void saysWhatIsWrongWithAnEntry(String entry, String code) {
    Credentials all =
        access.issueUser(
            "arn:aws:iam::111122223333:user/all",
            List.of(json("{'Effect':'Allow','Action':'events:PutEvents','Resource':'*'}")));
    put("{}", "[]");

    Neighbour.Reply reply =
        neighbour.call(all.accessKeyId(), "AWSEvents.PutEvents", "{'Entries': [{" + entry + "}]}");

    assertThat(reply.body().at("/Entries/0/ErrorCode").asText()).isEqualTo(code);
    assertThat(reply.body().path("FailedEntryCount").asInt()).isEqualTo(1);
    assertThat(buses.events()).isEmpty();
  }

  @Test
  void takesOneToTenEntries() {
    String eleven = String.join(",", Collections.nCopies(11, ENTRY.formatted("sparkgate")));
    for (String entries : List.of("[]", "[" + eleven + "]")) {
      Neighbour.Reply reply = put("{}", entries);
      assertThat(reply.text()).contains("ValidationException", "between 1 and 10, inclusive");
      neighbour.close();
    }
    assertThat(put("{}", "[" + eleven.substring(eleven.indexOf("},") + 2) + "]").status())
        .isEqualTo(200);
    assertThat(buses.events()).hasSize(10);
  }

  @Test
  void keepsTheTimeAndTheResourcesThatItIsGiven() {
    String more = ENTRY.formatted("sparkgate").replaceFirst("}$", ", 'Resources': ['r'], 'Time': ");
    put("{}", "[" + more + "1764230400.7}," + more + "'2026-11-01T00:00:00Z'}]");

    assertThat(buses.events())
        .extracting(event -> event.path("time").asText())
        .containsExactly("2025-11-27T08:00:00Z", "2026-11-01T00:00:00Z");
    assertThat(buses.events().get(0).path("resources").toString()).isEqualTo("[\"r\"]");
  }

  @Test
  void saysWhatItPlays() {
    put("{}", "[]");
    assertThat(call("AWSEvents.PutRule", "[]").text())
        .contains("The sandbox's EventBridge has no operation PutRule; it plays PutEvents.");
  }

  @Test
  void saysWhichRuleItCannotPlay() {
    put("{'source': [{'wildcard': 's*'}]}", "[" + ENTRY.formatted("sparkgate") + "]");
    assertThat(remarks).singleElement().asString().startsWith("rule Warn: The sandbox's rules");
  }
}
