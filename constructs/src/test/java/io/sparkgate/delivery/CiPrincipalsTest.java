package io.sparkgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.CanonicalUserPrincipal;
import software.amazon.awscdk.services.iam.FederatedPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.OrganizationPrincipal;
import software.amazon.awscdk.services.iam.PrincipalBase;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.SamlPrincipal;
import software.amazon.awscdk.services.iam.SamlProvider;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.SessionTagsPrincipal;
import software.amazon.awscdk.services.iam.StarPrincipal;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;

/** Whoever becomes the deploy role deploys anything, so nobody comes in who was not meant. */
class CiPrincipalsTest {

  private static final Stack STACK = new Stack();
  private static final String PRINCIPAL_ARN = "aws:PrincipalArn";
  private static final String LATER = "arn:aws:iam::444455556666:role/Later";
  private static final String GITLAB = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";

  private static int ids;

  private static Stream<IPrincipal> wholeAccounts() {
    return Stream.of(
        account().withSessionTags(),
        account().withConditions(Map.of()),
        new SessionTagsPrincipal(new AccountRootPrincipal()),
        when("StringEquals", Map.of()),
        new ArnPrincipal(STACK.getAccount()),
        new ArnPrincipal(Fn.join(":", List.of("arn:aws:iam:", STACK.getAccount(), "root"))),
        new ArnPrincipal(Fn.sub("arn:aws:iam::${AWS::AccountId}:root")),
        when("ArnLike", Map.of(PRINCIPAL_ARN, "*")),
        when("ArnLike", Map.of(PRINCIPAL_ARN, "arn:aws:iam::444455556666:*")),
        when("ArnLike", Map.of(PRINCIPAL_ARN, "arn:aws:iam::444455556666*")),
        when("ArnLike", Map.of(PRINCIPAL_ARN, "arn:aws:iam::" + STACK.getAccount() + ":role/*")),
        when("ArnLike", Map.of(PRINCIPAL_ARN, List.of(LATER, "*"))),
        when("ArnLike", Map.of(PRINCIPAL_ARN, List.of())),
        when("ArnNotEquals", Map.of(PRINCIPAL_ARN, LATER)),
        when("StringNotEquals", Map.of(PRINCIPAL_ARN, LATER)),
        when("ArnLikeIfExists", Map.of(PRINCIPAL_ARN, LATER)),
        when("ForAllValues:StringEquals", Map.of("aws:PrincipalTag/team", "ci")),
        when("StringLike", Map.of("aws:userid", "*:*")),
        when("StringEquals", Map.of("aws:PrincipalAccount", "444455556666")),
        when("StringEquals", Map.of("aws:RequestTag/team", "ci")),
        when("Bool", Map.of("aws:SecureTransport", "true")));
  }

  @ParameterizedTest
  @MethodSource("wholeAccounts")
  void refuseAWholeAccountHoweverItIsWritten(IPrincipal principal) {
    refuses(
        principal,
        "a whole account, but takes roles of it by name, or an account with a condition such as"
            + " ArnEquals aws:PrincipalArn, with Equals or Like, a value that is more than"
            + " wildcards, and a key that tells its callers apart: aws:PrincipalArn,"
            + " aws:PrincipalTag/…, aws:userid, aws:username, aws:SourceIdentity, sts:ExternalId");
  }

  private static Stream<IPrincipal> somebodyOfAnAccount() {
    return Stream.of(
        when("ArnLike", Map.of(PRINCIPAL_ARN, "arn:aws:iam::444455556666:role/Run*")),
        when("ArnEquals", Map.of(PRINCIPAL_ARN, List.of(LATER, LATER + "Still"))),
        when("ArnEquals", Map.of("aws:principalarn", LATER)),
        when("StringLike", Map.of("aws:userid", "AROAEXAMPLEID:*")),
        when("StringEquals", Map.of("sts:ExternalId", "of-the-ci")),
        when("ForAnyValue:StringEquals", Map.of("aws:PrincipalTag/team", "ci")));
  }

  @ParameterizedTest
  @MethodSource("somebodyOfAnAccount")
  void letSomebodyOfAnAccountIn(IPrincipal principal) {
    assertThat(trust(principal)).contains(":iam::444455556666:root", "sts:RoleSessionName");
  }

  @Test
  void letARoleInWhoseNameIsKnownOnlyWhenItIsDeployed() {
    Stack stack = new Stack();
    String arn = new CfnParameter(stack, "Parameter").getValueAsString();
    Role made = Role.Builder.create(stack, "Made").assumedBy(new ServicePrincipal("x")).build();

    assertThat(
            trust(
                stack,
                new ArnPrincipal(arn),
                made,
                when("ArnEquals", Map.of(PRINCIPAL_ARN, made.getRoleArn()))))
        .contains("{AWS={Ref=Parameter}}", "{AWS={Fn::GetAtt=[Made", "{aws:PrincipalArn={Fn::Get");
  }

  private static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new StarPrincipal(), "everybody in every account (*), but takes roles"),
        Arguments.of(
            new OrganizationPrincipal("o-1234567890"), "everybody in every account (*), but takes"),
        Arguments.of(
            new ServicePrincipal("codebuild.amazonaws.com"),
            "the service codebuild.amazonaws.com, but takes the role that it runs as, because a"
                + " service names its sessions itself and would never come in; name that role, such"
                + " as arn:aws:iam::111122223333:role/Runner"),
        Arguments.of(
            new CanonicalUserPrincipal("79a59df900b949e5"),
            "a principal of the kind CanonicalUser, but takes roles and users (AWS) and providers of"
                + " identities (Federated); name a role, such as"
                + " arn:aws:iam::111122223333:role/Runner"),
        Arguments.of(
            new FederatedPrincipal(GITLAB, Map.of(), "sts:AssumeRole"),
            "the provider "
                + GITLAB
                + " with sts:AssumeRole, but takes one with sts:AssumeRoleWithWebIdentity or"
                + " sts:AssumeRoleWithSAML, as IAM knows no other way through a provider; use a"
                + " WebIdentityPrincipal or a SamlPrincipal"),
        Arguments.of(token(List.of()), "a principal of OpenID Connect that does not say for whom"),
        Arguments.of(
            token(List.of("project_path:a", "*")), "a principal of OpenID Connect that does not"),
        Arguments.of(
            saml(Map.of()),
            "a principal of SAML that does not say for whom its assertions must be, but takes one"
                + " with a condition on SAML:aud, such as StringEquals SAML:aud"
                + " https://signin.aws.amazon.com/saml"),
        Arguments.of(
            saml(Map.of("StringNotEquals", Map.of("SAML:aud", "x"))).withSessionTags(),
            "a principal of SAML that does not say for whom"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void refuseWhoWouldNeverComeInOrWhoeverAProviderKnows(IPrincipal principal, String received) {
    refuses(principal, received);
  }

  @Test
  void letWhoeverSetsTagsSetThemToo() {
    assertThat(trust(new ArnPrincipal(LATER).withSessionTags()))
        .contains("[sts:AssumeRole, sts:TagSession]", "sts:RoleSessionName");
    assertThat(trust(token("project_path:my-group/my-project:*").withSessionTags()))
        .contains("[sts:AssumeRoleWithWebIdentity, sts:TagSession]", "sts:RoleSessionName");
  }

  @Test
  void letAnAssertionForAwsIn() {
    assertThat(
            trust(
                saml(
                    Map.of(
                        "StringEquals", Map.of("SAML:aud", "https://signin.aws.amazon.com/saml")))))
        .contains("sts:AssumeRoleWithSAML", "SAML:aud=", "sts:RoleSessionName");
  }

  @Test
  void refuseAnotherSpellingOfTheNameThatItAsksForItself() {
    refuses(
        new PrincipalWithConditions(
            new ArnPrincipal(LATER), Map.of("StringLike", Map.of("sts:rolesessionname", "run-*"))),
        "a principal with a condition on sts:RoleSessionName, but asks for that name itself");
  }

  private static void refuses(IPrincipal principal, String received) {
    CiAccess.Builder ci = CiAccess.Builder.create(STACK, "Ci" + ids++, "prod");
    assertThatThrownBy(() -> ci.deployedBy(principal).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(": deployedBy received " + received);
  }

  private static String trust(IPrincipal principal) {
    return trust(new Stack(), principal);
  }

  private static String trust(Stack stack, IPrincipal... principals) {
    CiAccess.Builder.create(stack, "Ci", "prod").deployedBy(principals).build();
    return Template.fromStack(stack).findResources("AWS::IAM::Role").toString();
  }

  private static AccountPrincipal account() {
    return new AccountPrincipal("444455556666");
  }

  private static IPrincipal when(String operator, Map<String, Object> keys) {
    return new PrincipalWithConditions(account(), Map.of(operator, keys));
  }

  private static PrincipalBase token(Object sub) {
    return new WebIdentityPrincipal(
        GITLAB,
        Map.of(
            "StringLike", Map.of("gitlab.com:aud", "https://gitlab.com", "gitlab.com:sub", sub)));
  }

  private static PrincipalBase saml(Map<String, Object> conditions) {
    return new SamlPrincipal(
        SamlProvider.fromSamlProviderArn(
            STACK, "Saml" + ids++, "arn:aws:iam::111122223333:saml-provider/corp"),
        conditions);
  }
}
