package io.sparkgate.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

class PrefixTest {

  private static final String LEVELS = "/1/2/3/4/5/6/7/8/9/10/11/12/13/14";

  private final App app = new App();

  @Test
  void isTheNameOfTheStack() {
    assertThat(in(new Stack(app, "Lake"), "Connection").build().getPrefix())
        .isEqualTo("/sparkgate/Lake");
  }

  /** The name of a nested stack is CloudFormation's, and nobody knows it beforehand. */
  @Test
  void isTheNameOfTheOutermostStack() {
    Stack outer = new Stack(new Stage(app, "Prod"), "Lake");
    Stack inner = new NestedStack(new NestedStack(outer, "Middle"), "Inner");

    assertThat(in(inner, "Connection").build().getPrefix()).isEqualTo("/sparkgate/Prod-Lake");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "/data/Spark_1.x-y", "/sparkgate/aws/ssm", "/saws/dev", LEVELS})
  void isAnyThatParameterStoreTakes(String prefix) {
    assertThat(in(new Stack(app, "Lake"), "Connection").prefix(prefix).build().getPrefix())
        .isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "sparkgate/dev",
        "/sparkgate/dev/",
        "//dev",
        "/sparkgate/my dev",
        "/sparkgate/dév",
        "/aws/dev",
        "/AWSome/dev",
        "/ssm-dev",
        LEVELS + "/15"
      })
  void isNoneThatParameterStoreRefuses(String prefix) {
    assertThatThrownBy(in(new Stack(app, "Lake"), "Connection").prefix(prefix)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Lake/Connection: prefix received '"
                + prefix
                + "', but takes 1 to 14 levels, each a slash and a-z A-Z 0-9 _ . -, at most 900"
                + " characters, the first level not beginning with aws or ssm; write it like"
                + " /sparkgate/dev");
  }

  @ParameterizedTest
  @CsvSource({"900, true", "901, false"})
  void leavesRoomForTheArnBeforeItAndTheNameBehindIt(int length, boolean isTaken) {
    String prefix = "/" + "a".repeat(length - 1);
    ConnectionParameters.Builder parameters =
        in(new Stack(app, "Lake"), "Connection").prefix(prefix);

    if (isTaken) {
      assertThat(parameters.build().getPrefix()).isEqualTo(prefix);
    } else {
      assertThatThrownBy(parameters::build).hasMessageContaining("at most 900 characters");
    }
  }

  @Test
  void isRefusedTwiceInOneStack() {
    Stack lake = new Stack(app, "Lake");
    in(lake, "One").build();

    assertThatThrownBy(in(new NestedStack(lake, "Inner"), "Other")::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Lake/Inner/Other: prefix /sparkgate/Lake is that of Lake/One too, in the same account"
                + " and Region, where each parameter is there once; give one of them another"
                + " prefix, or make a platform withoutConnectionParameters()");
  }

  @Test
  void isRefusedTwiceInOnePlace() {
    in(stack("Blue", "eu-west-1"), "One").prefix("/lake").build();

    assertThatThrownBy(in(stack("Green", "eu-west-1"), "Other").prefix("/lake")::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Green/Other: prefix /lake is that of Blue/One too, in the same");
  }

  @Test
  void isTakenTwiceInTwoPlaces() {
    Stack green = stack("Green", "eu-north-1");
    in(stack("Blue", "eu-west-1"), "One").prefix("/lake").build();
    in(green, "Other").prefix("/lake").build();

    assertThat(Synth.warnings(green)).isEmpty();
  }

  /** Two accounts may be meant, as with one name of a stack in two stages. */
  @Test
  void isDoubtedTwiceWhereThePlaceIsNotKnown() {
    Stack green = new Stack(app, "Green");
    in(stack("Blue", "eu-west-1"), "One").prefix("/lake").build();
    ConnectionParameters other = in(green, "Other").prefix("/lake").build();

    assertThat(Synth.warnings(green))
        .containsExactly(
            "prefix /lake is that of Blue/One too, and synthesis does not know that the two stacks"
                + " go to different accounts or Regions; in the same one the second deployment"
                + " fails: give one of them another prefix, or both stacks their env [ack:"
                + " @sparkgate/constructs:samePrefix]");
    Annotations.of(other).acknowledgeWarning("@sparkgate/constructs:samePrefix");
    assertThat(Synth.warnings(green)).isEmpty();
  }

  @Test
  void doesNotClashWithOneBelowIt() {
    Stack lake = new Stack(app, "Lake");
    in(lake, "One").prefix("/lake").build();
    in(lake, "Other").prefix("/lake/blue").build();

    assertThat(Synth.warnings(lake)).isEmpty();
  }

  private Stack stack(String id, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }

  private static ConnectionParameters.Builder in(Construct scope, String id) {
    return ConnectionParameters.Builder.create(scope, id)
        .application(
            EmrServerlessApplication.fromApplicationId(scope, id + "App", "00f1cb5c6anuij25"))
        .executionRole(Role.fromRoleName(scope, id + "Runs", "Runs"));
  }
}
