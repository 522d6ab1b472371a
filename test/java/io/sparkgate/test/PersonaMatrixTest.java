package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.cloudformation.Outcome;
import io.sparkgate.sandbox.cloudformation.Status;
import io.sparkgate.test.DeployedStack.Person;
import io.sparkgate.test.PersonaTable.Attempt;
import io.sparkgate.test.PersonaTable.Column;
import io.sparkgate.test.ServiceCall.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each persona tries each call on each kind of session and job run, under the policies of the
 * deployed template. What is expected is the tables under "Who may do what" in docs/security.md.
 *
 * <p>"No" is AccessDeniedException; whatever else the service answers, the caller got through.
 */
class PersonaMatrixTest {

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
          ListJobRuns                                  | GET /applications/{application}/jobruns
          StartJobRun: owner = me                      | POST /applications/{application}/jobruns | {"clientToken": "{token}", "executionRoleArn": "{role}", {job}, "tags": {"sparkgate:owner": "{me}"}}
          StartJobRun: owner = me, `keep-until`        | POST /applications/{application}/jobruns | {"clientToken": "{token}", "executionRoleArn": "{role}", {job}, "tags": {"sparkgate:owner": "{me}", "sparkgate:keep-until": "2027-01-01T00:00:00Z"}}
          StartJobRun: owner = me, a tag not ours      | POST /applications/{application}/jobruns | {"clientToken": "{token}", "executionRoleArn": "{role}", {job}, "tags": {"sparkgate:owner": "{me}", "team": "red"}}
          StartJobRun: owner = me, running as another role | POST /applications/{application}/jobruns | {"clientToken": "{token}", "executionRoleArn": "arn:aws:iam::111122223333:role/Admin", {job}, "tags": {"sparkgate:owner": "{me}"}}
          StartJobRun: owner = another                 | POST /applications/{application}/jobruns | {"clientToken": "{token}", "executionRoleArn": "{role}", {job}, "tags": {"sparkgate:owner": "{another}"}}
          StartJobRun: no tag                          | POST /applications/{application}/jobruns | {"clientToken": "{token}", "executionRoleArn": "{role}", {job}}
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

  private static final List<ServiceCall> ON_A_JOB_RUN =
      ServiceCall.read(
          """
          GetJobRun                                | GET /applications/{application}/jobruns/{run}
          ListJobRunAttempts                       | GET /applications/{application}/jobruns/{run}/attempts
          GetDashboardForJobRun                    | GET /applications/{application}/jobruns/{run}/dashboard
          ListTagsForResource                      | GET /tags/{arn}/jobruns/{run}
          TagResource: owner = me                  | POST /tags/{arn}/jobruns/{run} | {"tags": {"sparkgate:owner": "{me}"}}
          TagResource: owner = another             | POST /tags/{arn}/jobruns/{run} | {"tags": {"sparkgate:owner": "{another}"}}
          TagResource: `keep-until`                | POST /tags/{arn}/jobruns/{run} | {"tags": {"sparkgate:keep-until": "2027-01-01T00:00:00Z"}}
          TagResource: owner = me, a tag not ours  | POST /tags/{arn}/jobruns/{run} | {"tags": {"sparkgate:owner": "{me}", "team": "red"}}
          UntagResource: owner                     | DELETE /tags/{arn}/jobruns/{run}?tagKeys=sparkgate:owner
          UntagResource: `keep-until`              | DELETE /tags/{arn}/jobruns/{run}?tagKeys=sparkgate:keep-until
          CancelJobRun                             | DELETE /applications/{application}/jobruns/{run}
          """);

  private static final String JOB =
      "\"jobDriver\": {\"sparkSubmit\": {\"entryPoint\": \"s3://lake/job.py\"}}";

  @TempDir static Path directory;
  private static DeployedStack deployed;
  private static Person admin;
  private static Person alice;
  private static Person bob;
  private static Person sue;
  private static Person sam;

  /** Live sessions by who started them, which nobody was let through to. */
  private final Map<Person, String> untouched = new HashMap<>();

  /** The same of job runs. */
  private final Map<Person, String> untouchedRuns = new HashMap<>();

  @BeforeAll
  static void deploy() throws IOException {
    Synthesized assembly = Synthesized.into(directory.resolve("cdk.out"));
    deployed = new DeployedStack(assembly, directory.resolve("work"));
    Outcome created = deployed.deploy(assembly);
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
    admin = deployed.outsider();
    alice = deployed.signIn("DeveloperRole", "alice");
    bob = deployed.signIn("DeveloperRole", "bob");
    sue = deployed.signIn("SubmitterRole", "sue");
    sam = deployed.signIn("SubmitterRole", "sam");
  }

  @AfterEach
  void endSessions() {
    untouched.values().forEach(admin::terminate);
    untouchedRuns.values().forEach(admin::cancel);
  }

  @AfterAll
  static void close() {
    deployed.close();
  }

  @Test
  void theApplicationIsOpenToWhomThePageSays() throws IOException {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("developer", new Attempt(alice, admin), new Attempt(bob, admin)));
    columns.add(Column.of("submitter", new Attempt(sue, admin), new Attempt(sam, admin)));
    columns.addAll(others(List.of(admin)));

    assertThat(PersonaTable.of(ON_THE_APPLICATION, columns, this::isDenied))
        .isEqualTo(PersonaTable.onThePage("On the application"));
  }

  @Test
  void sessionsAreOpenToWhomThePageSays() throws IOException {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("developer, own", new Attempt(alice, alice), new Attempt(bob, bob)));
    columns.add(
        Column.of("developer, another's", new Attempt(alice, bob), new Attempt(bob, alice)));
    columns.add(
        Column.of("developer, nobody's", new Attempt(alice, admin), new Attempt(bob, admin)));
    columns.add(Column.of("submitter", new Attempt(sue, alice), new Attempt(sue, admin)));
    columns.addAll(others(List.of(alice, bob, admin)));

    assertThat(PersonaTable.of(ON_A_SESSION, columns, this::isDenied))
        .isEqualTo(PersonaTable.onThePage("On a session"));
  }

  @Test
  void jobRunsAreOpenToWhomThePageSays() throws IOException {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("submitter, own", new Attempt(sue, sue), new Attempt(sam, sam)));
    columns.add(Column.of("submitter, another's", new Attempt(sue, sam), new Attempt(sam, sue)));
    columns.add(Column.of("submitter, nobody's", new Attempt(sue, admin), new Attempt(sam, admin)));
    columns.add(Column.of("developer", new Attempt(alice, sue), new Attempt(alice, admin)));
    columns.addAll(others(List.of(sue, sam, admin)));

    assertThat(PersonaTable.of(ON_A_JOB_RUN, columns, this::isDeniedOnARun))
        .isEqualTo(PersonaTable.onThePage("On a job run"));
  }

  /** Otherwise a call that is malformed would pass for one that everybody is denied. */
  @Test
  void everyCallWorksForWhoMayDoAnything() {
    assertThat(Stream.of(ON_THE_APPLICATION, ON_A_SESSION).flatMap(List::stream))
        .allSatisfy(
            call -> {
              Answer answer = attempt(call, new Attempt(admin, alice));
              if (call.name().matches("(Stop|Update)Application")) {
                assertThat(answer.message())
                    .containsAnyOf("active sessions", "active job runs", "status: STARTED");
              } else {
                assertThat(answer.error()).as(answer.message()).isEmpty();
              }
            });
    assertThat(ON_A_JOB_RUN)
        .allSatisfy(
            call -> {
              Answer answer = attemptOnARun(call, new Attempt(admin, sue));
              assertThat(answer.error()).as(answer.message()).isEmpty();
            });
  }

  private static List<Column> others(List<Person> starters) {
    Map<String, String> roles =
        Map.of(
            "operator", "Operator",
            "auditor", "Auditor",
            "reaper", "SparkConnectReaperRole",
            "lifecycle", "SparkConnectLifecycleRole",
            "guard", "SparkConnectGuardRole",
            "bill reader", "BillReader",
            "monitor", "SparkConnectMonitorRole");
    return Stream.of(
            "operator", "auditor", "bill reader", "reaper", "monitor", "lifecycle", "guard")
        .map(
            name -> {
              Person person = deployed.signIn(roles.get(name), name);
              return new Column(
                  name, starters.stream().map(starter -> new Attempt(person, starter)).toList());
            })
        .toList();
  }

  private boolean isDenied(ServiceCall call, Attempt attempt) {
    return attempt(call, attempt).isDenied();
  }

  private boolean isDeniedOnARun(ServiceCall call, Attempt attempt) {
    return attemptOnARun(call, attempt).isDenied();
  }

  /**
   * Also a call on the application finds a live session: with one it refuses to stop, so whoever
   * may stop it does no harm.
   */
  private Answer attempt(ServiceCall call, Attempt attempt) {
    String session = untouched.computeIfAbsent(attempt.starter(), PersonaMatrixTest::start);
    Answer answer = send(call, attempt.caller(), session, "");
    if (!answer.isDenied()) {
      untouched.remove(attempt.starter());
      // The application has room for a few sessions and job runs only.
      Stream.of(session, answer.sessionId()).filter(id -> !id.isEmpty()).forEach(admin::terminate);
      Stream.of(answer.jobRunId()).filter(id -> !id.isEmpty()).forEach(admin::cancel);
    }
    return answer;
  }

  private Answer attemptOnARun(ServiceCall call, Attempt attempt) {
    String run = untouchedRuns.computeIfAbsent(attempt.starter(), PersonaMatrixTest::submit);
    Answer answer = send(call, attempt.caller(), "", run);
    if (!answer.isDenied()) {
      untouchedRuns.remove(attempt.starter());
      admin.cancel(run);
    }
    return answer;
  }

  private static Answer send(ServiceCall call, Person caller, String session, String run) {
    return call.send(
        deployed.uri(),
        caller,
        Map.of(
            "application",
            deployed.applicationId(),
            "session",
            session,
            "run",
            run,
            "job",
            JOB,
            "arn",
            deployed.applicationArn(),
            "role",
            deployed.executionRoleArn(),
            "me",
            caller.userId,
            "another",
            caller.equals(bob) || caller.equals(sam) ? alice.userId : bob.userId,
            "token",
            UUID.randomUUID().toString()));
  }

  private static String start(Person starter) {
    return starter.equals(admin) ? starter.startSession(Map.of()) : starter.startSession();
  }

  /** By the calls of the table: that of an admin has no owner. */
  private static String submit(Person starter) {
    String name = starter.equals(admin) ? "StartJobRun: no tag" : "StartJobRun: owner = me";
    ServiceCall starting =
        ON_THE_APPLICATION.stream().filter(call -> call.name().equals(name)).findFirst().get();
    return send(starting, starter, "", "").jobRunId();
  }
}
