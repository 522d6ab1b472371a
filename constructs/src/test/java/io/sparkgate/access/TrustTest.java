package io.sparkgate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.FederatedPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.OpenIdConnectPrincipal;
import software.amazon.awscdk.services.iam.OpenIdConnectProvider;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.SamlPrincipal;
import software.amazon.awscdk.services.iam.SamlProvider;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.SessionTagsPrincipal;

/** Whoever assumes a developer's role is who they say, and whom the role's maker meant. */
class TrustTest {

  private static final Stack ELSEWHERE = new Stack();
  private static final IPrincipal SAML =
      new SamlPrincipal(
          SamlProvider.fromSamlProviderArn(
              ELSEWHERE, "Saml", "arn:aws:iam::111122223333:saml-provider/corp"),
          Map.of("StringEquals", Map.of("SAML:aud", "https://signin.aws.amazon.com/saml")));
  private static final IPrincipal OIDC =
      new OpenIdConnectPrincipal(
          OpenIdConnectProvider.fromOpenIdConnectProviderArn(
              ELSEWHERE, "Oidc", "arn:aws:iam::111122223333:oidc-provider/id.example.com"));

  private final Stack stack = new Stack();

  static Stream<Arguments> conditionsThatOursWouldReplace() {
    return Stream.of(
        Arguments.of(
            SessionOwner.userId(), "StringEquals", "sts:RoleSessionName", List.of("alice", "bob")),
        Arguments.of(SessionOwner.userId(), "StringLike", "aws:userid", "AROAEXAMPLEID:*"),
        // IAM does not tell the case of a key.
        Arguments.of(SessionOwner.userId(), "StringLike", "AWS:UserId", "AROAEXAMPLEID:*"),
        Arguments.of(
            SessionOwner.sourceIdentity(), "StringEquals", "sts:SourceIdentity", List.of("alice")),
        Arguments.of(SessionOwner.sourceIdentity(), "Null", "aws:SourceIdentity", "true"));
  }

  @ParameterizedTest
  @MethodSource("conditionsThatOursWouldReplace")
  void replacesNoConditionOfTheConsumers(
      SessionOwner owner, String operator, String key, Object value) {
    IPrincipal narrowed =
        new PrincipalWithConditions(
            new AccountRootPrincipal(), Map.of(operator, Map.of(key, value)));

    assertThatThrownBy(() -> assumedBy(narrowed, owner))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/Developer: assumedBy received the condition " + operator)
        .hasMessageContaining(" " + key + ", which the trust of " + owner + " needs itself")
        .hasMessageContaining("under another operator, such as StringLike for StringEquals");
  }

  @Test
  void asksForTheConsumersConditionBesideItsOwn() {
    assumedBy(
        new PrincipalWithConditions(
            new AccountRootPrincipal(),
            Map.of("StringLike", Map.of("sts:RoleSessionName", List.of("alice", "bob")))),
        SessionOwner.userId());

    assertThat(trust())
        .hasSize(2)
        .allSatisfy(
            statement ->
                assertThat(statement.at("/Condition/StringLike/sts:RoleSessionName"))
                    .extracting(JsonNode::asText)
                    .containsExactly("alice", "bob"));
  }

  @Test
  void takesTheSessionNameFromASamlProvider() {
    assumedBy(SAML, SessionOwner.userId());

    assertThat(trust()).hasSize(1);
    assertThat(trust().get(0).get("Action").asText()).isEqualTo("sts:AssumeRoleWithSAML");
    assertThat(trust().get(0).get("Condition").toString())
        .isEqualTo("{\"StringEquals\":{\"SAML:aud\":\"https://signin.aws.amazon.com/saml\"}}");
  }

  @Test
  void takesTheSourceIdentityFromAnyProvider() {
    assumedBy(OIDC, SessionOwner.sourceIdentity());

    assertThat(trust().findValuesAsText("Action"))
        .containsExactly("sts:AssumeRoleWithWebIdentity", "sts:SetSourceIdentity");
    assertThat(trust())
        .allSatisfy(
            statement ->
                assertThat(statement.at("/Principal/Federated").asText())
                    .endsWith("oidc-provider/id.example.com"))
        .noneSatisfy(statement -> assertThat(statement.has("Condition")).isTrue());
  }

  static Stream<Arguments> whoseNameNobodyVouchesFor() {
    return Stream.of(
        Arguments.of(new ServicePrincipal("lambda.amazonaws.com"), "lambda.amazonaws.com"),
        Arguments.of(
            new SessionTagsPrincipal(new ServicePrincipal("lambda.amazonaws.com")),
            "lambda.amazonaws.com"),
        Arguments.of(OIDC, "arn:aws:iam::111122223333:oidc-provider/id.example.com"),
        Arguments.of(
            new FederatedPrincipal("cognito-identity.amazonaws.com", Map.of()),
            "cognito-identity.amazonaws.com"),
        Arguments.of(
            new CompositePrincipal(
                new ArnPrincipal("arn:aws:iam::111122223333:role/Data"),
                new ServicePrincipal("lambda.amazonaws.com")),
            "lambda.amazonaws.com"));
  }

  @ParameterizedTest
  @MethodSource("whoseNameNobodyVouchesFor")
  void refusesWhoseNameNobodyVouchesFor(IPrincipal principal, String shown) {
    assertThatThrownBy(() -> assumedBy(principal, SessionOwner.userId()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/Developer: assumedBy received ")
        .hasMessageContaining(
            shown
                + ", whose callers bring no name that a trust could hold them to; take roles,"
                + " users or accounts (AWS), or a SamlPrincipal, each kind in a role of its own;"
                + " with SessionOwner.sourceIdentity() an OpenIdConnectPrincipal too; for others"
                + " call grantDevelop with a role made by you");
  }

  @Test
  void takesAServiceWhereNobodyOwnsASession() {
    assumedBy(new ServicePrincipal("lambda.amazonaws.com"), SessionOwner.anyone());

    assertThat(trust()).hasSize(1);
  }

  private void assumedBy(IPrincipal principal, SessionOwner owner) {
    DeveloperRole.Builder.create(stack, "Developer")
        .sessionOwner(owner)
        .assumedBy(principal)
        .build();
  }

  private JsonNode trust() {
    return new ObjectMapper()
        .<JsonNode>valueToTree(Template.fromStack(stack).findResources("AWS::IAM::Role"))
        .findValue("AssumeRolePolicyDocument")
        .get("Statement");
  }
}
