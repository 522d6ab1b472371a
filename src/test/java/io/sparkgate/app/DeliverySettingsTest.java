package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** What the top of cdk.json cannot say of the CI. */
class DeliverySettingsTest {

  private static final String CONNECTION =
      "arn:aws:codeconnections:eu-west-1:111122223333:connection/7d2469ff-514a-4e4f-9003-5ca4a43cdc41";
  private static final Map<String, Object> PIPELINE =
      Map.of("repository", "my-org/sparkgate", "connection", CONNECTION);

  private static Stream<Arguments> promotions() {
    return Stream.of(
        Arguments.of(
            "dev",
            "received dev, but takes a list of environments in the order in which a CI deploys them,"
                + " such as [\"dev\", \"prod\"]"),
        Arguments.of(List.of(), "received [], but takes a list of environments"),
        Arguments.of(List.of("dev", 1), "received [dev, 1], but takes a list of environments"),
        Arguments.of(
            List.of("dev", "stage"),
            "has 'stage', but the environments are [dev, prod]; name one of them or leave it out"),
        Arguments.of(
            List.of("dev", "prod", "dev"),
            "has 'dev' twice, but an environment is deployed once; leave the second out"));
  }

  @ParameterizedTest
  @MethodSource("promotions")
  void refusesAPromotion(Object promotion, String message) {
    refuses(Map.of("promotion", promotion), "cdk.json: promotion " + message);
  }

  private static Stream<Arguments> gitHubs() {
    return Stream.of(
        Arguments.of("my-org/sparkgate", " received \"my-org/sparkgate\", but takes a section"),
        Arguments.of(Map.of(), " lacks the setting 'repository'"),
        Arguments.of(
            Map.of("repository", "sparkgate"),
            ".repository received \"sparkgate\", but takes owner and repository such as"
                + " \"my-org/sparkgate\""),
        Arguments.of(
            Map.of("repository", "my-org/*"),
            ": GitHubRepository: name received '*', but takes a name as GitHub has it"),
        Arguments.of(
            Map.of("repository", "my-org/sparkgate", "ownerId", 12),
            ".ownerId received 12, but takes the number that GitHub gave it, in quotes, such as"
                + " \"1234567\" (gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id')"),
        Arguments.of(
            Map.of("repository", "my-org/sparkgate", "ownerId", "12"),
            " lacks the setting 'repositoryId'"),
        Arguments.of(
            Map.of("repository", "my-org/sparkgate", "repositoryId", "12"),
            " lacks the setting 'ownerId'"),
        Arguments.of(
            Map.of("repository", "my-org/sparkgate", "branch", "main"),
            " has the unknown setting 'branch'; the settings are [ownerId, repository,"
                + " repositoryId]"));
  }

  @ParameterizedTest
  @MethodSource("gitHubs")
  void refusesARepositoryOfGitHub(Object gitHub, String message) {
    refuses(Map.of("promotion", List.of("dev"), "github", gitHub), "cdk.json: github" + message);
  }

  private static Stream<Arguments> pipelines() {
    return Stream.of(
        Arguments.of(true, " received true, but takes a section {...}"),
        Arguments.of(Map.of("connection", CONNECTION), " lacks the setting 'repository'"),
        Arguments.of(Map.of("repository", "my-org/sparkgate"), " lacks the setting 'connection'"),
        Arguments.of(
            with("repository", "sparkgate"),
            ".repository received \"sparkgate\", but takes owner and repository such as"
                + " \"my-org/sparkgate\""),
        Arguments.of(
            with("branch", "my branch"),
            ".branch received \"my branch\", but takes a branch such as \"main\""),
        Arguments.of(
            with("connection", "GitHub"),
            ".connection received \"GitHub\", but takes the ARN of a connection such as \""
                + CONNECTION
                + "\""),
        Arguments.of(
            with("account", 111122223333L),
            ".account received 111122223333, but takes twelve digits in quotes"),
        Arguments.of(with("region", "Ireland"), ".region received \"Ireland\", but takes a Region"),
        Arguments.of(
            with("stages", List.of("dev")),
            " has the unknown setting 'stages'; the settings are [account, branch, connection,"
                + " region, repository]"));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void refusesAPipeline(Object pipeline, String message) {
    refuses(
        Map.of("promotion", List.of("dev"), "pipeline", pipeline), "cdk.json: pipeline" + message);
  }

  @Test
  void asksForTheOrder() {
    refuses(
        Map.of("github", Map.of("repository", "my-org/sparkgate")),
        "cdk.json: context has no 'promotion', which github needs; add the environments in the"
            + " order in which they are deployed, such as \"promotion\": [\"dev\", \"prod\"]");
    refuses(
        Map.of("pipeline", PIPELINE),
        "cdk.json: context has no 'promotion', which pipeline needs;");
  }

  @Test
  void refusesANameThatNoRoleCanHave() {
    String name = "a".repeat(40);
    refuses(
        Map.of(
            "environments",
            Map.of(name, Map.of()),
            "promotion",
            List.of(name),
            "github",
            Map.of("repository", "my-org/sparkgate")),
        "cdk.json: promotion has '"
            + name
            + "', which is too long for the names of its roles; call the environment by 39"
            + " characters at most");
  }

  @Test
  void refusesAnEnvironmentThatIsCalledAsAGateIs() {
    refuses(
        Map.of(
            "environments",
            Map.of("prod", Map.of(), "Prod-gate", Map.of()),
            "promotion",
            List.of("prod", "Prod-gate"),
            "github",
            Map.of("repository", "my-org/sparkgate")),
        "cdk.json: promotion has 'prod' and 'Prod-gate', but the latter is what GitHub's jobs call"
            + " the gate of the former; call one of them otherwise");
  }

  @Test
  void asksForTheAccountThatAnotherAccountTrusts() {
    refuses(
        Map.of("promotion", List.of("dev", "prod"), "pipeline", PIPELINE),
        "cdk.json: pipeline lacks the setting 'account', and environments.prod has one: its roles"
            + " must know the account whose pipeline they trust; add the account of the pipeline,"
            + " also if it is the same");
  }

  @Test
  void asksForTheProviderThatAnotherEnvironmentMakes() {
    Map<String, Object> account = Map.of("account", "111122223333");
    refuses(
        Map.of(
            "environments",
            Map.of("dev", account, "prod", account),
            "promotion",
            List.of("dev", "prod"),
            "github",
            Map.of("repository", "my-org/sparkgate")),
        "cdk.json: environments.prod.oidcProvider: SparkConnect-prod/Ci: gitHubProvider received"
            + " nothing, but stack SparkConnect-dev makes GitHub's provider in account 111122223333"
            + " already, and an account has it once; give this one");
  }

  private static Map<String, Object> with(String name, Object value) {
    Map<String, Object> pipeline = new TreeMap<>(PIPELINE);
    pipeline.put(name, value);
    return pipeline;
  }

  private static void refuses(Map<String, Object> top, String message) {
    Map<String, Object> context = new TreeMap<>();
    context.put("environments", Map.of("dev", Map.of(), "prod", Map.of("account", "111122223333")));
    context.putAll(top);
    assertThatThrownBy(
            () -> SparkgateApp.addStacks(new App(AppProps.builder().context(context).build())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
