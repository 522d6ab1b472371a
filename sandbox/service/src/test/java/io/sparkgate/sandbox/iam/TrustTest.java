package io.sparkgate.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/Developer";
  private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
  private static final String DENIED =
      "User: " + ALICE + " is not authorized to perform: sts:AssumeRole on resource: " + ROLE;
  private static final String MAY = "{'Effect':'Allow','Action':'sts:*','Resource':'*'}";
  private static final String OWN_NAME =
      "'Condition':{'StringEquals':{'sts:RoleSessionName':'${aws:username}'}}";

  private final LiveAccess access = new LiveAccess();
  private final Identity alice = access.issueUser(ALICE, List.of(json(MAY))).identity();
  private final Identity federated =
      access
          .issue(
              "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/Data",
              "AROASSO",
              "alice@example.com",
              "",
              Map.of(),
              () -> List.of(json(MAY)))
          .identity();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'AWS': 'arn:aws:iam::111122223333:root'} | true",
        "{'AWS': '111122223333'} | true",
        "{'AWS': ['arn:aws:iam::444455556666:root', 'arn:aws:iam::111122223333:user/alice']} | true",
        "{'AWS': '*'} | true",
        "'*' | true",
        "{'AWS': 'arn:aws:iam::444455556666:root'} | false",
        "{'AWS': 'arn:aws:iam::111122223333:user/bob'} | false",
        "{'AWS': 'arn:aws:iam::111122223333:user/*'} | false",
        "{'Service': 'emr-serverless.amazonaws.com'} | false",
        "{'Federated': 'arn:aws:iam::111122223333:saml-provider/idp'} | false",
      })
  void trustsWhomItNames(String principal, boolean trusted) {
    assertThat(denial(alice, "alice", trust(principal, "sts:AssumeRole", "")).isEmpty())
        .isEqualTo(trusted);
  }

  @Test
  void trustsARoleAndEachSessionOfIt() {
    String role = "{'AWS': 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/Data'}";
    String session = "{'AWS': 'arn:aws:sts::111122223333:assumed-role/Data/alice@example.com'}";
    String another = "{'AWS': 'arn:aws:sts::111122223333:assumed-role/Data/bob@example.com'}";

    assertThat(denial(federated, "x", trust(role, "sts:AssumeRole", ""))).isEmpty();
    assertThat(denial(federated, "x", trust(session, "sts:AssumeRole", ""))).isEmpty();
    assertThat(denial(federated, "x", trust(another, "sts:AssumeRole", ""))).isPresent();
  }

  @Test
  void saysInAwsWordsWhoseRuleItIs() {
    assertThat(denial(alice, "alice", trust("{'Service': 'x'}", "sts:AssumeRole", "")))
        .contains(DENIED + " because no role trust policy allows the sts:AssumeRole action");
    assertThat(
            denial(
                alice,
                "alice",
                trust("'*'", "sts:AssumeRole", ""),
                "{'Effect':'Deny','Principal':'*','Action':'sts:AssumeRole'}"))
        .contains(DENIED + " with an explicit deny in a role trust policy");
    assertThat(denial(alice, "alice", "{'Effect':'Allow','NotPrincipal':{},'Action':'*'}"))
        .contains(
            DENIED
                + " because no role trust policy allows the sts:AssumeRole action"
                + " (the sandbox does not know NotPrincipal)");
  }

  @Test
  void needsTheCallersOwnPolicyUnlessItNamesTheCaller() {
    Identity poor = access.issueUser(ALICE, List.of()).identity();
    String account = trust("{'AWS': '111122223333'}", "sts:AssumeRole", "");
    String name = trust("{'AWS': '" + ALICE + "'}", "sts:AssumeRole", "");

    assertThat(denial(poor, "alice", account))
        .contains(DENIED + " because no identity-based policy allows the sts:AssumeRole action");
    assertThat(denial(poor, "alice", name)).isEmpty();
    Identity forbidden =
        access.issueUser(ALICE, List.of(json(MAY.replace("Allow", "Deny")))).identity();
    assertThat(denial(forbidden, "alice", name))
        .contains(DENIED + " with an explicit deny in an identity-based policy");
  }

  @Test
  void comparesTheSessionNameWithTheCallersOwn() {
    String user = trust("'*'", "sts:AssumeRole", OWN_NAME);
    String session =
        trust(
            "'*'",
            "sts:AssumeRole",
            "'Condition':{'StringLike':{'aws:userid':'*:${sts:RoleSessionName}'}}");

    assertThat(denial(alice, "alice", user, session)).isEmpty();
    assertThat(denial(alice, "bob", user, session)).isPresent();
    assertThat(denial(federated, "alice@example.com", user, session)).isEmpty();
    assertThat(denial(federated, "bob@example.com", user, session)).isPresent();
    assertThat(denial(federated, "*", user, session)).isPresent();
    assertThat(denial(alice, "*", user, session)).isPresent();
  }

  @Test
  void asksToSetASourceIdentityAndToTag() {
    String plain = trust("'*'", "sts:AssumeRole", "");
    String all = trust("'*'", "sts:*", "");
    RoleSession named = new RoleSession("alice", "alice", Map.of(), "");
    RoleSession tagged = new RoleSession("alice", "", Map.of("team", "x"), "");

    assertThat(access.denial(alice, role(plain), named).orElse(""))
        .contains("perform: sts:SetSourceIdentity on resource: " + ROLE);
    assertThat(access.denial(alice, role(plain), tagged).orElse(""))
        .contains("perform: sts:TagSession on resource: " + ROLE);
    assertThat(access.denial(alice, role(all), named)).isEmpty();
    assertThat(access.denial(alice, role(all), tagged)).isEmpty();
  }

  @Test
  void keepsASourceIdentityFromRoleToRole() {
    String all = trust("'*'", "sts:*", "");
    Role role = role(all);
    Identity first =
        access
            .assume(alice, role, new RoleSession("alice", "alice", Map.of(), ""), Instant.MAX)
            .identity();

    assertThat(first.sourceIdentity()).isEqualTo("alice");
    assertThat(access.assume(first, role, plain("x"), Instant.MAX).identity().sourceIdentity())
        .isEqualTo("alice");
    assertThat(access.denial(first, role, plain("x"))).isEmpty();
    assertThat(
            access.denial(first, role(trust("'*'", "sts:AssumeRole", "")), plain("x")).orElse(""))
        .contains("sts:SetSourceIdentity");
    assertThat(access.denial(first, role, new RoleSession("x", "bob", Map.of(), "")).orElse(""))
        .endsWith("because its source identity is set already and cannot be changed");
  }

  /** The three ways in that {@code access.Trust} of the constructs writes. */
  @Test
  void takesASourceIdentityThatIsTheCallersName() {
    Role role =
        role(
            trust(
                "'*'",
                "sts:*",
                "'Condition':{'StringEquals':{'sts:SourceIdentity':'${aws:username}'}}"),
            trust(
                "'*'",
                "sts:*",
                "'Condition':{'StringLike':{'aws:userid':'*:${sts:SourceIdentity}'}}"),
            trust("'*'", "sts:*", "'Condition':{'Null':{'aws:SourceIdentity':'false'}}"));

    assertThat(access.denial(alice, role, identified("alice"))).isEmpty();
    assertThat(access.denial(alice, role, identified("bob"))).isPresent();
    assertThat(access.denial(alice, role, plain("alice"))).isPresent();
    assertThat(access.denial(federated, role, identified("alice@example.com"))).isEmpty();
    assertThat(access.denial(federated, role, identified("bob@example.com"))).isPresent();
    Identity inRole = access.assume(alice, role, identified("alice"), Instant.MAX).identity();
    assertThat(access.denial(inRole, role, plain("x"))).isEmpty();
  }

  private static RoleSession identified(String sourceIdentity) {
    return new RoleSession("x", sourceIdentity, Map.of(), "");
  }

  @Test
  void comparesTheExternalId() {
    Role role =
        role(
            trust(
                "'*'",
                "sts:AssumeRole",
                "'Condition':{'StringEquals':{'sts:ExternalId':'secret'}}"));

    assertThat(access.denial(alice, role, new RoleSession("alice", "", Map.of(), "secret")))
        .isEmpty();
    assertThat(access.denial(alice, role, plain("alice"))).isPresent();
  }

  private Optional<String> denial(Identity caller, String sessionName, String... statements) {
    return access.denial(caller, role(statements), plain(sessionName));
  }

  private static RoleSession plain(String name) {
    return new RoleSession(name, "", Map.of(), "");
  }

  private static Role role(String... statements) {
    JsonNode trust = json("{'Statement': [" + String.join(",", statements) + "]}");
    return new Role(ROLE, "AROADEV", trust, Duration.ofHours(1), () -> List.of(json(MAY)));
  }

  private static String trust(String principal, String action, String condition) {
    return "{'Effect':'Allow','Principal':%s,'Action':'%s'%s}"
        .formatted(principal, action, condition.isEmpty() ? "" : "," + condition);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (Exception e) {
      throw new IllegalStateException(text, e);
    }
  }
}
