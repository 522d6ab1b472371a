package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.cloudformation.Outcome;
import io.sparkgate.sandbox.cloudformation.Status;
import io.sparkgate.test.DeployedStack.Person;
import io.sparkgate.test.ServiceCall.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each persona tries each call on each kind of session, under the policies of the deployed
 * template. What is expected is the tables under "Who may do what" in docs/security.md.
 *
 * <p>"No" is AccessDeniedException; whatever else the service answers, the caller got through.
 */
class PersonaMatrixTest {

  private static final Path PAGE = Path.of("../docs/security.md");

  private static final List<ServiceCall> ON_THE_APPLICATION =
      ServiceCall.read(
          """
          ListSessions                                 | GET /applications/{application}/sessions
          GetApplication                               | GET /applications/{application}
          ListTagsForResource                          | GET /tags/{arn}
          TagResource: `sparkgate:lifecycle`           | POST /tags/{arn} | {"tags": {"sparkgate:lifecycle": "mine"}}
          StartSession: owner = me                     | POST /applications/{application}/sessions | {"clientToken": "{token}", "executionRoleArn": "{role}", "tags": {"sparkgate:owner": "{me}"}}
          StartSession: owner = me, `idle-minutes`     | POST /applications/{application}/sessions | {"clientToken": "{token}", "executionRoleArn": "{role}", "tags": {"sparkgate:owner": "{me}", "sparkgate:idle-minutes": "90"}}
          StartSession: owner = me, `keep-until`       | POST /applications/{application}/sessions | {"clientToken": "{token}", "executionRoleArn": "{role}", "tags": {"sparkgate:owner": "{me}", "sparkgate:keep-until": "2027-01-01T00:00:00Z"}}
          StartSession: owner = me, a tag not ours     | POST /applications/{application}/sessions | {"clientToken": "{token}", "executionRoleArn": "{role}", "tags": {"sparkgate:owner": "{me}", "team": "red"}}
          StartSession: owner = me, running as another role | POST /applications/{application}/sessions | {"clientToken": "{token}", "executionRoleArn": "arn:aws:iam::111122223333:role/Admin", "tags": {"sparkgate:owner": "{me}"}}
          StartSession: owner = another                | POST /applications/{application}/sessions | {"clientToken": "{token}", "executionRoleArn": "{role}", "tags": {"sparkgate:owner": "{another}"}}
          StartSession: no tag                         | POST /applications/{application}/sessions | {"clientToken": "{token}", "executionRoleArn": "{role}"}
          StartJobRun                                  | POST /applications/{application}/jobruns | {"clientToken": "{token}", "executionRoleArn": "{role}", "jobDriver": {"sparkSubmit": {"entryPoint": "s3://lake/job.py"}}}
          StartApplication                             | POST /applications/{application}/start
          StopApplication                              | POST /applications/{application}/stop
          UpdateApplication                            | PATCH /applications/{application} | {"clientToken": "{token}", "architecture": "ARM64"}
          """);

  private static final List<ServiceCall> ON_A_SESSION =
      ServiceCall.read(
          """
          GetSession                               | GET /applications/{application}/sessions/{session}
          GetSessionEndpoint                       | GET /applications/{application}/sessions/{session}/endpoint
          GetResourceDashboard                     | GET /applications/{application}/dashboard?resourceId={session}&resourceType=SESSION
          ListTagsForResource                      | GET /tags/{arn}/sessions/{session}
          TagResource: owner = me                  | POST /tags/{arn}/sessions/{session} | {"tags": {"sparkgate:owner": "{me}"}}
          TagResource: owner = another             | POST /tags/{arn}/sessions/{session} | {"tags": {"sparkgate:owner": "{another}"}}
          TagResource: `idle-minutes`              | POST /tags/{arn}/sessions/{session} | {"tags": {"sparkgate:idle-minutes": "90"}}
          TagResource: owner = me, `idle-minutes`  | POST /tags/{arn}/sessions/{session} | {"tags": {"sparkgate:owner": "{me}", "sparkgate:idle-minutes": "90"}}
          TagResource: `keep-until`                | POST /tags/{arn}/sessions/{session} | {"tags": {"sparkgate:keep-until": "2027-01-01T00:00:00Z"}}
          UntagResource: owner                     | DELETE /tags/{arn}/sessions/{session}?tagKeys=sparkgate:owner
          UntagResource: `idle-minutes`            | DELETE /tags/{arn}/sessions/{session}?tagKeys=sparkgate:idle-minutes
          UntagResource: `keep-until`              | DELETE /tags/{arn}/sessions/{session}?tagKeys=sparkgate:keep-until
          TerminateSession                         | DELETE /applications/{application}/sessions/{session}
          """);

  @TempDir static Path directory;
  private static DeployedStack deployed;
  private static Person admin;
  private static Person alice;
  private static Person bob;

  /** Live sessions by who started them, which nobody was let through to. */
  private final Map<Person, String> untouched = new HashMap<>();

  /** Somebody, and who started the session that the call is about; an admin sets no owner. */
  private record Attempt(Person caller, Person starter) {}

  /** All attempts of a column come to the same. */
  private record Column(String title, List<Attempt> attempts) {}

  @BeforeAll
  static void deploy() throws IOException {
    Synthesized assembly = Synthesized.into(directory.resolve("cdk.out"));
    deployed = new DeployedStack(assembly, directory.resolve("work"));
    Outcome created = deployed.deploy(assembly);
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
    admin = deployed.outsider();
    alice = deployed.signIn("DeveloperRole", "alice");
    bob = deployed.signIn("DeveloperRole", "bob");
  }

  @AfterEach
  void endSessions() {
    untouched.values().forEach(admin::terminate);
  }

  @AfterAll
  static void close() {
    deployed.close();
  }

  @Test
  void theApplicationIsOpenToWhomThePageSays() throws IOException {
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column("developer", List.of(new Attempt(alice, admin), new Attempt(bob, admin))));
    columns.addAll(others(List.of(admin)));

    assertThat(table(ON_THE_APPLICATION, columns)).isEqualTo(onThePage("On the application"));
  }

  @Test
  void sessionsAreOpenToWhomThePageSays() throws IOException {
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column("developer, own", List.of(new Attempt(alice, alice), new Attempt(bob, bob))));
    columns.add(
        new Column(
            "developer, another's", List.of(new Attempt(alice, bob), new Attempt(bob, alice))));
    columns.add(
        new Column(
            "developer, nobody's", List.of(new Attempt(alice, admin), new Attempt(bob, admin))));
    columns.addAll(others(List.of(alice, bob, admin)));

    assertThat(table(ON_A_SESSION, columns)).isEqualTo(onThePage("On a session"));
  }

  /** Otherwise a call that is malformed would pass for one that everybody is denied. */
  @Test
  void everyCallWorksForWhoMayDoAnything() {
    assertThat(Stream.of(ON_THE_APPLICATION, ON_A_SESSION).flatMap(List::stream))
        .allSatisfy(
            call -> {
              Answer answer = attempt(call, new Attempt(admin, alice));
              if (call.name().matches("(Stop|Update)Application")) {
                assertThat(answer.message()).containsAnyOf("active sessions", "status: STARTED");
              } else {
                assertThat(answer.error()).as(answer.message()).isEmpty();
              }
            });
  }

  private static List<Column> others(List<Person> starters) {
    Map<String, String> roles =
        Map.of(
            "operator", "Operator",
            "auditor", "Auditor",
            "reaper", "SparkConnectReaperRole",
            "lifecycle", "SparkConnectLifecycleRole",
            "guard", "SparkConnectGuardRole");
    return Stream.of("operator", "auditor", "reaper", "lifecycle", "guard")
        .map(
            name -> {
              Person person = deployed.signIn(roles.get(name), name);
              return new Column(
                  name, starters.stream().map(starter -> new Attempt(person, starter)).toList());
            })
        .toList();
  }

  private String table(List<ServiceCall> calls, List<Column> columns) {
    List<String> lines = new ArrayList<>();
    lines.add(row("call", columns.stream().map(Column::title)));
    lines.add("|---".repeat(columns.size() + 1) + "|");
    for (ServiceCall call : calls) {
      lines.add(row(call.name(), columns.stream().map(column -> cell(call, column))));
    }
    return String.join("\n", lines);
  }

  private static String row(String first, Stream<String> cells) {
    return Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String cell(ServiceCall call, Column column) {
    List<String> answers =
        column.attempts().stream()
            .map(attempt -> attempt(call, attempt).isDenied() ? "no" : "yes")
            .toList();
    return answers.stream().distinct().count() == 1 ? answers.get(0) : answers.toString();
  }

  /**
   * Also a call on the application finds a live session: with one it refuses to stop, so whoever
   * may stop it does no harm.
   */
  private Answer attempt(ServiceCall call, Attempt attempt) {
    String session = untouched.computeIfAbsent(attempt.starter(), PersonaMatrixTest::start);
    Answer answer =
        call.send(
            deployed.uri(),
            attempt.caller(),
            Map.of(
                "application", deployed.applicationId(),
                "session", session,
                "arn", deployed.applicationArn(),
                "role", deployed.executionRoleArn(),
                "me", attempt.caller().userId,
                "another", attempt.caller().equals(bob) ? alice.userId : bob.userId,
                "token", UUID.randomUUID().toString()));
    if (!answer.isDenied()) {
      untouched.remove(attempt.starter());
      // The application has room for a few sessions only.
      Stream.of(session, answer.sessionId()).filter(id -> !id.isEmpty()).forEach(admin::terminate);
    }
    return answer;
  }

  private static String start(Person starter) {
    return starter.equals(admin) ? starter.startSession(Map.of()) : starter.startSession();
  }

  /** The table below a heading. */
  static String onThePage(String heading) throws IOException {
    return Files.readString(PAGE)
        .lines()
        .dropWhile(line -> !line.equals("### " + heading))
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .collect(Collectors.joining("\n"));
  }
}
