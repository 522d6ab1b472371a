package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.testing.AsDeployed;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** Five hundred applications against AWS's limits, in characters as AWS counts them. */
class FleetTest {

  private static final int APPLICATIONS = 500;
  private static final int OF_A_FUNCTION = 100;
  private static final Pattern ID = Pattern.compile("00f1cb5c6anui\\d{3}");

  private static JsonNode template;
  private static JsonNode ofJobRuns;

  /** All three in one stack, of which neither account nor Region is known: the longest template. */
  @BeforeAll
  static void synthesize() {
    Stack stack = new Stack(new App(), "Fleet");
    List<IEmrServerlessApplication> fleet =
        IntStream.range(0, APPLICATIONS)
            .mapToObj(
                i ->
                    EmrServerlessApplication.fromApplicationId(
                        stack, "App" + i, "00f1cb5c6anui%03d".formatted(i)))
            .toList();
    IdleSessionReaper.Builder reaper =
        IdleSessionReaper.Builder.create(stack, "Reaper")
            .idlePolicy(
                IdlePolicy.terminateAfter(Duration.minutes(30))
                    .limitByTag(Duration.minutes(15), Duration.hours(2))
                    .maxAge(Duration.hours(12))
                    .unusedLimit(Duration.hours(1)))
            .snapStart(true);
    SessionGuard.Builder guard = SessionGuard.Builder.create(stack, "Guard");
    TakeoverAlarm.Builder takeover = TakeoverAlarm.Builder.create(stack, "Takeover");
    fleet.forEach(
        application -> {
          reaper.watch(application);
          guard.watch(application);
          takeover.watch(application);
        });
    reaper.build();
    guard.build();
    takeover.build();
    template = new ObjectMapper().valueToTree(Template.fromStack(stack).toJSON());
    ofJobRuns = new ObjectMapper().valueToTree(Template.fromStack(ofJobRuns()).toJSON());
  }

  /** As many as a function takes, for a reaper that is told as much as there is to tell. */
  private static Stack ofJobRuns() {
    Stack stack = new Stack(new App(), "Jobs");
    IdleSessionReaper.Builder reaper =
        IdleSessionReaper.Builder.create(stack, "JobReaper")
            .idlePolicy(
                IdlePolicy.terminateAfter(Duration.minutes(30))
                    .limitByTag(Duration.minutes(15), Duration.hours(2))
                    .maxAge(Duration.hours(12))
                    .unusedLimit(Duration.hours(1)))
            .jobRunPolicy(
                JobRunPolicy.none()
                    .stuckAfter(Duration.days(30))
                    .streamingAfter(Duration.days(30))
                    .batchAfter(Duration.days(30))
                    .unlessTagged("a".repeat(50), "b".repeat(50))
                    .unlessTagged("a", "b".repeat(24))
                    .unlessTagged("a", "b".repeat(24)))
            .snapStart(true);
    IntStream.range(0, OF_A_FUNCTION)
        .mapToObj(
            i ->
                EmrServerlessApplication.fromApplicationId(
                    stack, "App" + i, "00f1cb5c6anui%03d".formatted(i)))
        .forEach(reaper::watch);
    reaper.build();
    return stack;
  }

  @Test
  void fitsIntoTheVariablesOfItsFunctions() {
    assertThat(properties("AWS::Lambda::Function"))
        .allSatisfy(
            function -> {
              int size = 0;
              for (Map.Entry<String, JsonNode> variable :
                  function.at("/Environment/Variables").properties()) {
                size += variable.getKey().length() + AsDeployed.text(variable.getValue()).length();
              }
              assertThat(size).isLessThanOrEqualTo(4096);
            });
  }

  @Test
  void isNamedOnceToReaperAndGuard() {
    for (String variable : List.of("SPARKGATE_REAPER", "SPARKGATE_GUARD")) {
      List<String> ids =
          template.findValues(variable).stream().flatMap(document -> ids(document)).toList();

      assertThat(ids).hasSize(APPLICATIONS).doesNotHaveDuplicates();
    }
  }

  @Test
  void isHeardOfByRulesThatFit() {
    List<JsonNode> patterns =
        properties("AWS::Events::Rule").stream().map(rule -> rule.get("EventPattern")).toList();

    assertThat(patterns)
        .allSatisfy(
            pattern -> assertThat(AsDeployed.text(pattern).length()).isLessThanOrEqualTo(2048));
    assertThat(patterns.stream().flatMap(FleetTest::ids).toList())
        .hasSize(APPLICATIONS)
        .doesNotHaveDuplicates();
    // A statement is longer than the properties that make it: by its Sid, Effect and keys.
    Map<String, Integer> policies = new TreeMap<>();
    properties("AWS::Lambda::Permission")
        .forEach(
            permission ->
                policies.merge(
                    permission.at("/FunctionName").toString(),
                    AsDeployed.text(permission).length() + 300,
                    Integer::sum));
    assertThat(policies).allSatisfy((function, size) -> assertThat(size).isLessThan(20 * 1024));
  }

  /** Of inline policies 10,240 in all, of managed ones 10, of 6,144 each. */
  @Test
  void isReachedByRolesThatFit() {
    Map<String, Integer> inline = new TreeMap<>();
    properties("AWS::IAM::Policy")
        .forEach(
            policy -> inline.merge(role(policy), size(policy.get("PolicyDocument")), Integer::sum));
    Map<String, Integer> managed = new TreeMap<>();
    properties("AWS::IAM::ManagedPolicy")
        .forEach(
            policy -> {
              assertThat(size(policy.get("PolicyDocument"))).isLessThanOrEqualTo(6144);
              managed.merge(role(policy), 1, Integer::sum);
            });

    assertThat(inline).allSatisfy((role, size) -> assertThat(size).isLessThanOrEqualTo(10_240));
    assertThat(managed).allSatisfy((role, count) -> assertThat(count).isLessThanOrEqualTo(10));
  }

  @Test
  void isReachedWhole() {
    Map<String, TreeSet<String>> reached = new TreeMap<>();
    List<JsonNode> policies = new ArrayList<>(properties("AWS::IAM::Policy"));
    policies.addAll(properties("AWS::IAM::ManagedPolicy"));
    for (JsonNode policy : policies) {
      for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
        JsonNode action = statement.get("Action");
        for (JsonNode one : action.isArray() ? action : List.of(action)) {
          ids(statement)
              .forEach(id -> reached.computeIfAbsent(one.asText(), a -> new TreeSet<>()).add(id));
        }
      }
    }

    for (String action :
        List.of("GetApplication", "GetSession", "ListSessions", "TerminateSession")) {
      assertThat(reached.get("emr-serverless:" + action)).as(action).hasSize(APPLICATIONS);
    }
    for (String action : List.of("ListJobRuns", "GetJobRun", "CancelJobRun")) {
      assertThat(reached.get("emr-serverless:" + action)).as(action).hasSize(OF_A_FUNCTION);
    }
  }

  @Test
  void sharesOutRatesAndCap() {
    List<JsonNode> documents = template.findValues("SPARKGATE_REAPER");

    assertThat(documents).hasSize(5);
    assertThat(documents)
        .allSatisfy(
            document ->
                assertThat(document.asText())
                    .contains("\"maxTerminations\":5,")
                    .contains("\"listSessions\":{\"perSecond\":0.1,\"burst\":2}")
                    .contains("\"getSession\":{\"perSecond\":1,\"burst\":5}"));
  }

  @Test
  void fitsIntoATemplate() {
    assertThat(template.toPrettyString().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(1024 * 1024);
  }

  @Test
  void isTakenNoLarger() {
    IdleSessionReaper.Builder reaper =
        IdleSessionReaper.Builder.create(new Stack(new App(), "Fleet"), "Reaper");
    IntStream.range(0, 5000)
        .forEach(i -> reaper.watch(application("00f1cb5c6an%05d".formatted(i))));

    assertThatThrownBy(reaper::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Fleet/Reaper: watch received 5000 applications, but takes 500, because roles, rules"
                + " and templates are limited in size; watch the rest with another, in another"
                + " stack, and let reapers share the request rates (RequestRates.share)");
  }

  private static IEmrServerlessApplication application(String id) {
    return (IEmrServerlessApplication)
        Proxy.newProxyInstance(
            FleetTest.class.getClassLoader(),
            new Class<?>[] {IEmrServerlessApplication.class},
            (proxy, method, arguments) -> id);
  }

  private static List<JsonNode> properties(String type) {
    return Stream.of(template, ofJobRuns)
        .flatMap(one -> StreamSupport.stream(one.get("Resources").spliterator(), false))
        .filter(resource -> resource.get("Type").asText().equals(type))
        .map(resource -> resource.get("Properties"))
        .toList();
  }

  private static String role(JsonNode policy) {
    return policy.at("/Roles/0/Ref").asText();
  }

  private static Stream<String> ids(JsonNode node) {
    return ID.matcher(node.toString()).results().map(match -> match.group());
  }

  private static int size(JsonNode document) {
    return AsDeployed.text(document).length();
  }
}
