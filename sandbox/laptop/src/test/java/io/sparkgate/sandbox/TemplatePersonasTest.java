package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may do what, by the policies that our constructs synthesized. */
class TemplatePersonasTest {

  private static final String OWNER = "sparkgate:owner";
  private static final String IDLE = "sparkgate:idle-minutes";
  private static final String KEEP = "sparkgate:keep-until";

  private final Blueprint blueprint = Resources.personas();
  private final TemplateAccess access = new TemplateAccess(blueprint);
  private final String application = blueprint.application().orElseThrow().arn();
  private final String session = application + "/sessions/00s";

  private final Identity alice = access.issue("DeveloperRole745A238E", "alice").identity();
  private final Identity bob = access.issue("DeveloperRole745A238E", "bob").identity();
  private final Identity operator = access.issue("Operator41AE602D", "olga").identity();
  private final Identity auditor = access.issue("AuditorB9A7BEA8", "axel").identity();
  private final Identity reaper = access.issue("SparkConnectReaperRoleEE25A966", "fn").identity();
  private final Identity execution =
      access.issue("SparkConnectExecutionRoleD4B7C810", "session").identity();

  private final Map<String, String> ofAlice = Map.of(OWNER, alice.userId());

  @Test
  void aDeveloperStartsASessionOfItsOwn() {
    assertThat(starts(alice, ofAlice)).isEmpty();
    assertThat(starts(alice, Map.of(OWNER, alice.userId(), IDLE, "15"))).isEmpty();
    assertThat(passes(alice, blueprint.executionRoleArn())).isEmpty();
  }

  @Test
  void aDeveloperStartsNoOther() {
    assertThat(starts(bob, ofAlice)).isPresent();
    assertThat(starts(alice, Map.of())).isPresent();
    assertThat(starts(alice, Map.of(IDLE, "15"))).isPresent();
    assertThat(starts(alice, Map.of(OWNER, alice.userId(), "team", "x"))).isPresent();
    assertThat(starts(alice, Map.of(OWNER, alice.userId(), KEEP, "2030-01-01"))).isPresent();
  }

  @Test
  void aDeveloperUsesItsOwnSession() {
    for (String action :
        List.of(
            "GetSession",
            "GetSessionEndpoint",
            "GetResourceDashboard",
            "ListTagsForResource",
            "TerminateSession")) {
      assertThat(on(alice, action, ofAlice)).as(action).isEmpty();
    }
  }

  @Test
  void aDeveloperUsesNobodyElsesSession() {
    for (String action :
        List.of("GetSession", "GetSessionEndpoint", "GetResourceDashboard", "TerminateSession")) {
      assertThat(on(bob, action, ofAlice))
          .as(action)
          .contains(
              ("User: %s is not authorized to perform: emr-serverless:%s on resource: %s"
                      + " because no identity-based policy allows the emr-serverless:%s action")
                  .formatted(bob.arn(), action, session, action));
      assertThat(on(alice, action, Map.of())).as(action + " without an owner").isPresent();
    }
  }

  @Test
  void aDeveloperCannotTakeASessionByTagging() {
    Map<String, String> ofBob = Map.of(OWNER, bob.userId());
    assertThat(tags(bob, ofBob, ofAlice)).hasValueSatisfying(TemplatePersonasTest::isExplicit);
    assertThat(untags(bob, OWNER, ofAlice)).hasValueSatisfying(TemplatePersonasTest::isExplicit);
    assertThat(untags(alice, OWNER, ofAlice)).hasValueSatisfying(TemplatePersonasTest::isExplicit);
    assertThat(tags(alice, ofBob, ofAlice)).isPresent();
  }

  @Test
  void aDeveloperTagsItsOwnButCannotKeepIt() {
    assertThat(tags(alice, Map.of(OWNER, alice.userId(), IDLE, "30"), ofAlice)).isEmpty();
    assertThat(tags(alice, Map.of(KEEP, "2030-01-01"), ofAlice))
        .hasValueSatisfying(TemplatePersonasTest::isExplicit);
  }

  @Test
  void aDeveloperListsSessionsAndPassesTheExecutionRoleOnly() {
    assertThat(access.denial(alice, of("ListSessions", application, Map.of()))).isEmpty();
    assertThat(access.denial(alice, of("GetApplication", application, Map.of()))).isEmpty();
    assertThat(access.denial(alice, of("StopApplication", application, Map.of()))).isPresent();
    assertThat(passes(alice, "arn:aws:iam::444455556666:role/Admin")).isPresent();
  }

  @Test
  void anotherApplicationIsOutOfReach() {
    String other = application.substring(0, application.length() - 4) + "zzzz";
    assertThat(access.denial(alice, of("ListSessions", other, Map.of()))).isPresent();
    assertThat(access.denial(alice, of("GetSessionEndpoint", other + "/sessions/00s", ofAlice)))
        .isPresent();
  }

  @Test
  void anOperatorTerminatesAndKeepsButNeverConnects() {
    assertThat(on(operator, "GetSession", ofAlice)).isEmpty();
    assertThat(on(operator, "TerminateSession", ofAlice)).isEmpty();
    assertThat(tags(operator, Map.of(KEEP, "2030-01-01"), ofAlice)).isEmpty();
    assertThat(untags(operator, KEEP, ofAlice)).isEmpty();
    assertThat(tags(operator, Map.of(OWNER, operator.userId()), ofAlice)).isPresent();
    assertThat(tags(operator, Map.of(), ofAlice)).isPresent();
    assertThat(on(operator, "GetSessionEndpoint", ofAlice)).isPresent();
    assertThat(starts(operator, Map.of())).isPresent();
  }

  @Test
  void anAuditorSeesAndIsExplicitlyDeniedToConnect() {
    assertThat(access.denial(auditor, of("ListSessions", application, Map.of()))).isEmpty();
    assertThat(on(auditor, "GetSession", ofAlice)).isEmpty();
    assertThat(on(auditor, "GetSessionEndpoint", ofAlice))
        .hasValueSatisfying(TemplatePersonasTest::isExplicit);
    assertThat(on(auditor, "TerminateSession", ofAlice)).isPresent();
  }

  @Test
  void theReaperTerminatesAndNeverConnects() {
    assertThat(access.denial(reaper, of("ListSessions", application, Map.of()))).isEmpty();
    assertThat(on(reaper, "GetSession", Map.of())).isEmpty();
    assertThat(on(reaper, "TerminateSession", Map.of())).isEmpty();
    assertThat(on(reaper, "GetSessionEndpoint", Map.of())).isPresent();
    assertThat(starts(reaper, Map.of())).isPresent();
  }

  @Test
  void theExecutionRoleMayNothing() {
    for (String action : List.of("GetSession", "GetSessionEndpoint", "TerminateSession")) {
      assertThat(on(execution, action, ofAlice)).as(action).isPresent();
    }
    assertThat(access.denial(execution, of("ListSessions", application, Map.of()))).isPresent();
  }

  private Optional<String> starts(Identity who, Map<String, String> tags) {
    Optional<String> start = access.denial(who, with("StartSession", application, tags, Map.of()));
    return start.isPresent() || tags.isEmpty() ? start : tags(who, tags, Map.of());
  }

  private Optional<String> tags(
      Identity who, Map<String, String> tags, Map<String, String> present) {
    return access.denial(who, with("TagResource", session, tags, present));
  }

  private Optional<String> untags(Identity who, String key, Map<String, String> present) {
    return access.denial(
        who,
        new Action(
            "emr-serverless:UntagResource", session, Map.of(), List.of(key), present, Map.of()));
  }

  private Optional<String> passes(Identity who, String role) {
    return access.denial(
        who,
        new Action(
            "iam:PassRole",
            role,
            Map.of(),
            List.of(),
            Map.of(),
            Map.of("iam:PassedToService", "emr-serverless.amazonaws.com")));
  }

  private Optional<String> on(Identity who, String action, Map<String, String> present) {
    return access.denial(who, of(action, session, present));
  }

  private static Action of(String action, String resource, Map<String, String> present) {
    return Action.on("emr-serverless:" + action, resource, present);
  }

  private static Action with(
      String action, String resource, Map<String, String> tags, Map<String, String> present) {
    return new Action(
        "emr-serverless:" + action, resource, tags, List.copyOf(tags.keySet()), present, Map.of());
  }

  private static void isExplicit(String denial) {
    assertThat(denial).endsWith(" with an explicit deny in an identity-based policy");
  }
}
