package io.sparkgate.delivery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CliCredentialsStackSynthesizer;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;

/** What would let in nobody, or more than it looks. */
class CiChecksTest {

  private static final App APP = new App();
  private static final Stack STACK = known("Spark");
  private static final GitHubRepository REPOSITORY = GitHubRepository.of("my-org", "sparkgate");

  private static int ids;

  private static Stream<Arguments> principals() {
    return Stream.of(
        Arguments.of(
            new AnyPrincipal(),
            "everybody in every account (*), but takes roles by name, such as"
                + " arn:aws:iam::111122223333:role/Runner"),
        Arguments.of(
            new PrincipalWithConditions(
                new AnyPrincipal(),
                Map.of("StringEquals", Map.of("aws:PrincipalOrgID", "o-1234567890"))),
            "everybody in every account (*), but takes roles by name"),
        Arguments.of(
            new AccountRootPrincipal(),
            "a whole account, but takes roles of it by name, or an account with a condition such as"
                + " ArnEquals aws:PrincipalArn"),
        Arguments.of(new AccountPrincipal("444455556666"), "a whole account, but takes roles"),
        Arguments.of(new ArnPrincipal("444455556666"), "a whole account, but takes roles"),
        Arguments.of(
            new ArnPrincipal("arn:aws:iam::444455556666:role/Run*"),
            "arn:aws:iam::444455556666:role/Run*, but takes a whole ARN without wildcards, such as"
                + " arn:aws:iam::111122223333:role/Runner"),
        Arguments.of(new ArnPrincipal("Runner"), "Runner, but takes a whole ARN without wildcards"),
        Arguments.of(
            new Group(STACK, "Group"),
            "a Group, but takes roles, users and the like, each by itself; name its members"),
        Arguments.of(
            new CompositePrincipal(new ArnPrincipal("arn:aws:iam::111122223333:role/Runner")),
            "a CompositePrincipal, but takes roles"),
        Arguments.of(
            new PrincipalWithConditions(
                new ArnPrincipal("arn:aws:iam::111122223333:role/Runner"),
                Map.of("StringLike", Map.of("sts:RoleSessionName", "run-*"))),
            "a principal with a condition on sts:RoleSessionName, but asks for that name itself;"
                + " leave the condition out"),
        Arguments.of(token(Map.of()), "a principal of OpenID Connect that does not say for whom"),
        Arguments.of(
            token(Map.of("StringEquals", Map.of("gitlab.com:aud", "https://gitlab.com"))),
            "a principal of OpenID Connect that does not say for whom its tokens must be and whose,"
                + " but takes one with conditions on its aud and its sub, StringEquals or StringLike,"
                + " such as StringEquals gitlab.com:sub"
                + " project_path:my-group/my-project:ref_type:branch:ref:main"),
        Arguments.of(
            token(
                Map.of(
                    "StringLike", Map.of("gitlab.com:aud", "https://gitlab.com"),
                    "StringLikeIfExists", Map.of("gitlab.com:sub", "project_path:x"))),
            "a principal of OpenID Connect that does not say"),
        Arguments.of(
            token(
                Map.of(
                    "StringLike",
                    Map.of(
                        "gitlab.com:aud", "https://gitlab.com", "gitlab.com:sub", List.of("*")))),
            "a principal of OpenID Connect that does not say"));
  }

  @ParameterizedTest
  @MethodSource("principals")
  void refuseAPrincipal(IPrincipal principal, String received) {
    refuses("deployedBy received " + received, ci -> ci.deployedBy(principal));
    refuses("gatedBy received " + received, ci -> ci.gitHub(REPOSITORY).gatedBy(principal));
  }

  private static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of(
            of(ci -> ci),
            "deployedBy received nobody, so no CI could come in; call gitHub(…) or deployedBy(…)"),
        Arguments.of(
            of(ci -> ci.gatedBy(new ArnPrincipal("arn:aws:iam::111122223333:role/Runner"))),
            "deployedBy received nobody"),
        Arguments.of(
            of(ci -> ci.gitHub(REPOSITORY).qualifier("much-too-long")),
            "qualifier received 'much-too-long', but takes what cdk bootstrap --qualifier took, 1 to"
                + " 10 of a-z A-Z 0-9 _ -, known at synthesis; leave it out for that of the stack's"
                + " synthesizer"),
        Arguments.of(
            of(ci -> ci.gitHub(REPOSITORY).roleNamePrefix("x".repeat(59))),
            "roleNamePrefix received '"
                + "x".repeat(59)
                + "', but takes 1 to 58 of a-z A-Z 0-9 + = , . @ _ -, because 'Deploy' is added and"
                + " IAM takes 64; write a shorter one"),
        Arguments.of(
            of(
                ci ->
                    ci.gitHub(REPOSITORY)
                        .gitHubProvider("arn:aws:iam::111122223333:oidc-provider/gitlab.com")),
            "gitHubProvider received 'arn:aws:iam::111122223333:oidc-provider/gitlab.com', but takes"
                + " the ARN of GitHub's provider in this account,"
                + " arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com"),
        Arguments.of(
            of(
                ci ->
                    ci.gitHub(REPOSITORY)
                        .gitHubProvider(
                            "arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com")),
            "gitHubProvider received one of account 444455556666, but IAM lets a role of account"
                + " 111122223333 trust those of its own account only; use that account's, or leave it"
                + " out to have it made"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void refuseASetting(UnaryOperator<CiAccess.Builder> wrong, String message) {
    refuses(message, wrong);
  }

  @Test
  void refuseANameThatSaysSomethingElseInASubject() {
    for (String name :
        List.of(
            "",
            "prod:x",
            "prod*",
            "x".repeat(55),
            new CfnParameter(STACK, "P").getValueAsString())) {
      assertThatThrownBy(() -> CiAccess.Builder.create(STACK, "Named" + ids++, name).build())
          .hasMessageContaining(
              ": environmentName received '"
                  + name
                  + "', but takes 1 to 54 of a-z A-Z 0-9 . _ -, a letter or digit first, known at"
                  + " synthesis; name the environment as the CI does");
    }
  }

  @Test
  void refuseASecondProviderInAnAccount() {
    CiAccess.Builder.create(known("First"), "Ci", "dev").gitHub(REPOSITORY).build();

    assertThatThrownBy(
            () -> CiAccess.Builder.create(known("Second"), "Ci", "qa").gitHub(REPOSITORY).build())
        .hasMessage(
            "Second/Ci: gitHubProvider received nothing, but stack First makes GitHub's provider in"
                + " account 111122223333 already, and an account has it once; give this one"
                + " arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com, and"
                + " deploy it after the other");
  }

  @Test
  void refuseToGuessTheQualifier() {
    Stack team =
        new Stack(
            APP,
            "Team",
            StackProps.builder()
                .synthesizer(DefaultStackSynthesizer.Builder.create().qualifier("team1").build())
                .build());

    assertThatThrownBy(() -> CiAccess.Builder.create(team, "Ci", "dev").gitHub(REPOSITORY).build())
        .hasMessage(
            "Team/Ci: qualifier received nothing, and the synthesizer that the stack was given does"
                + " not tell its own; call qualifier(…) with the same, or"
                + " qualifier(DefaultStackSynthesizer.DEFAULT_QUALIFIER) if it was given none");
  }

  @Test
  void refuseAStackThatIsDeployedWithoutTheBootstrapsRoles() {
    Stack without =
        new Stack(
            APP,
            "Without",
            StackProps.builder().synthesizer(new CliCredentialsStackSynthesizer()).build());

    assertThatThrownBy(
            () -> CiAccess.Builder.create(without, "Ci", "dev").gitHub(REPOSITORY).build())
        .hasMessage(
            "Without/Ci: the stack has a CliCredentialsStackSynthesizer, so it is deployed without"
                + " the roles of cdk bootstrap, and a CI that may become these could do nothing; use"
                + " the DefaultStackSynthesizer");
  }

  private static UnaryOperator<CiAccess.Builder> of(UnaryOperator<CiAccess.Builder> wrong) {
    return wrong;
  }

  private static void refuses(String message, UnaryOperator<CiAccess.Builder> wrong) {
    String id = "Ci" + ids++;
    assertThatThrownBy(() -> wrong.apply(CiAccess.Builder.create(STACK, id, "prod")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Spark/" + id + ": " + message);
  }

  private static IPrincipal token(Map<String, Object> conditions) {
    return new WebIdentityPrincipal(
        "arn:aws:iam::111122223333:oidc-provider/gitlab.com", conditions);
  }

  private static Stack known(String id) {
    return new Stack(
        APP,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());
  }
}
