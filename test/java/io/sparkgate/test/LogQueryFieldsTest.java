package io.sparkgate.test;

import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.dashboard.LogQueries;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.JobRunPolicy;
import io.sparkgate.watch.SessionGuard;
import io.sparkgate.watch.TakeoverAlarm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

/** The saved queries, against the records that deployed functions print. */
class LogQueryFieldsTest {

  private static final Pattern CONDITION =
      Pattern.compile("(\\w+) (?:in \\[(.*)\\]|= \"(\\w+)\"|like \"(\\w+)\")");

  private final EmrServerlessStub service = EmrServerlessStub.start();
  private final Instant now = Instant.now();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void findWhatTheyAskForInRecords(@TempDir Path directory) throws Exception {
    Synthesized made = synthesize(directory);
    service
        .application("00a")
        .put(StubSession.idle("0idle", ago(90), ago(60)))
        .put(StubSession.idle("0fresh", ago(90), ago(10)))
        .put(StubSession.idle("0broken", ago(90), ago(60)))
        .put(new StubJobRun("0stuck", "PENDING", ago(600)))
        .sessionsEnabled(false);
    // Of what the same functions watch besides, no query tells.
    service.application("00b").put(StubSession.idle("0other", ago(90), ago(60)));
    service.always(GET_SESSION.of("0broken")).fail(Fault.DENIED);
    Map<String, List<JsonNode>> records = new LinkedHashMap<>();
    // The dry run first: it ends nothing.
    records.put("Dry", records(made, "Dry", "{}"));
    records.put("Reaper", records(made, "Reaper", "{}"));
    records.put("Guard", records(made, "Guard", "{}"));
    records.put(
        "Takeover",
        records(
            made,
            "Takeover",
            """
            {"detail":{"eventTime":"2026-11-27T10:00:00Z","sourceIPAddress":"198.51.100.7",
             "userIdentity":{"arn":"arn:aws:sts::123456789012:assumed-role/developers/bob"},
             "requestParameters":{"applicationId":"00a","sessionId":"0fresh"}}}"""));

    Map<String, Integer> found = new TreeMap<>();
    queries(made)
        .forEach(
            (name, query) -> {
              List<JsonNode> read = new ArrayList<>();
              query.of().forEach(kind -> read.addAll(records.getOrDefault(kind, List.of())));
              List<JsonNode> matching =
                  read.stream().filter(record -> matches(query.text(), record)).toList();
              found.put(name, matching.size());
              for (String field : fields(query.text())) {
                assertThat(read).as(name + " shows " + field).anyMatch(r -> has(r, field));
              }
            });

    assertThat(found)
        .isEqualTo(
            Map.of(
                "Why was it kept", 2,
                "Why was it ended", 2,
                "What would have ended, but for a dry run", 2,
                "By which rule were whose sessions and job runs ended", 2,
                "What did the sessions of one person do", 7,
                "What failed", 4,
                "Who fetched the endpoint of somebody else's session", 1));
  }

  private record Query(List<String> of, String text) {}

  private static Map<String, Query> queries(Synthesized made) {
    Map<String, Query> queries = new TreeMap<>();
    for (JsonNode resource : made.template("Spark").get("Resources")) {
      if (resource.get("Type").asText().equals("AWS::Logs::QueryDefinition")) {
        JsonNode properties = resource.get("Properties");
        List<String> of = new ArrayList<>();
        properties
            .get("LogGroupNames")
            .forEach(group -> of.add(group.get("Ref").asText().replaceFirst("Logs.*", "")));
        // Both reapers write the same log here.
        if (of.contains("Reaper")) {
          of.add("Dry");
        }
        String name = properties.get("Name").asText();
        queries.put(
            name.substring(name.lastIndexOf('/') + 1),
            new Query(of, properties.get("QueryString").asText().replace("PERSON", "alice")));
      }
    }
    return queries;
  }

  private static List<String> fields(String query) {
    return query
        .lines()
        .filter(line -> line.startsWith("fields "))
        .flatMap(line -> Arrays.stream(line.substring("fields ".length()).split(", ")))
        .filter(field -> !field.startsWith("@"))
        .toList();
  }

  /** Filters of a line each, in which "and" binds closer than "or". */
  private static boolean matches(String query, JsonNode record) {
    List<String> filters =
        query
            .lines()
            .filter(line -> line.matches("(\\| )?filter .*"))
            .map(line -> line.replaceFirst("^(\\| )?filter ", ""))
            .toList();
    assertThat(filters).hasSize(2);
    return filters.stream()
        .allMatch(
            filter ->
                Arrays.stream(filter.split(" or "))
                    .anyMatch(
                        all ->
                            Arrays.stream(all.split(" and ")).allMatch(one -> holds(one, record))));
  }

  private static boolean holds(String condition, JsonNode record) {
    if (condition.startsWith("not ispresent(")) {
      return !record.has(condition.replaceAll(".*\\(|\\)", ""));
    }
    Matcher matcher = CONDITION.matcher(condition);
    assertThat(matcher.matches()).as(condition).isTrue();
    String value = record.at("/" + matcher.group(1)).asText();
    if (matcher.group(2) != null) {
      return matcher.group(2).contains("\"" + value + "\"");
    }
    return matcher.group(3) != null
        ? value.equals(matcher.group(3))
        : value.contains(matcher.group(4));
  }

  private static boolean has(JsonNode record, String field) {
    return !record.at("/" + field.replace('.', '/')).isMissingNode();
  }

  private List<JsonNode> records(Synthesized made, String construct, String event)
      throws Exception {
    List<JsonNode> records = new ArrayList<>();
    String output = function(made, construct).invoke(service.uri(), event).output();
    for (String line : output.lines().filter(each -> each.startsWith("{\"")).toList()) {
      records.add(new ObjectMapper().readTree(line));
    }
    assertThat(records).as(output).isNotEmpty();
    return records;
  }

  private static DeployedFunction function(Synthesized made, String construct) throws IOException {
    for (Map.Entry<String, JsonNode> resource :
        made.template("Spark").get("Resources").properties()) {
      if (resource.getKey().startsWith(construct + "Function")
          && resource.getValue().get("Type").asText().equals("AWS::Lambda::Function")) {
        JsonNode properties = resource.getValue().get("Properties");
        Map<String, String> environment = new LinkedHashMap<>();
        properties
            .at("/Environment/Variables")
            .properties()
            .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
        return new DeployedFunction(
            properties.get("Handler").asText(),
            environment,
            made.asset(properties.at("/Code/S3Key").asText()));
      }
    }
    throw new IOException(construct);
  }

  private static Synthesized synthesize(Path directory) {
    App app =
        new App(AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
    Stack stack = new Stack(app, "Spark");
    IEmrServerlessApplication application =
        EmrServerlessApplication.fromApplicationId(stack, "Application", "00a");
    IdlePolicy policy = IdlePolicy.terminateAfter(software.amazon.awscdk.Duration.minutes(30));
    JobRunPolicy jobRuns =
        JobRunPolicy.none().stuckAfter(software.amazon.awscdk.Duration.minutes(120));
    IEmrServerlessApplication another =
        EmrServerlessApplication.fromApplicationId(stack, "Another", "00b");
    IdleSessionReaper.Builder.create(stack, "Dry")
        .watch(application)
        .watch(another)
        .idlePolicy(policy.dryRun())
        .jobRunPolicy(jobRuns.dryRun())
        .build();
    LogQueries.Builder.create(stack, "Queries")
        .application(application)
        .reaper(
            IdleSessionReaper.Builder.create(stack, "Reaper")
                .watch(application)
                .watch(another)
                .idlePolicy(policy)
                .jobRunPolicy(jobRuns)
                .build())
        .guard(SessionGuard.Builder.create(stack, "Guard").watch(application).build())
        .takeoverAlarm(TakeoverAlarm.Builder.create(stack, "Takeover").watch(application).build())
        .build();
    app.synth();
    return new Synthesized(directory);
  }

  private Instant ago(int minutes) {
    return now.minus(Duration.ofMinutes(minutes));
  }
}
