package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.constructs.Construct;

class DefaultNameTest {

  private final App app = new App();

  @Test
  void isThatOfTheStackAndThePath() {
    Stack stack = new Stack(app, "Dev", StackProps.builder().stackName("spark-dev").build());
    assertThat(nameIn(stack, new Construct(stack, "Platform")))
        .isEqualTo("spark-dev/Platform/Application");
  }

  @Test
  void tellsStagesApart() {
    Stack stack = new Stack(new Stage(app, "Prod"), "Spark");
    assertThat(nameIn(stack, stack)).isEqualTo("Prod-Spark/Application");
  }

  @Test
  void namesTheStackAroundANestedOne() {
    NestedStack nested = new NestedStack(new Stack(app, "Outer"), "Inner");
    assertThat(nameIn(nested, nested)).isEqualTo("Outer/Inner/Application");
  }

  @Test
  void endsInAHashWhereItWouldBeTooLong() {
    Stack stack = new Stack(app, "S".repeat(50));
    String one = nameIn(stack, new Construct(stack, "P".repeat(40) + "1"));
    Stack other = new Stack(new App(), "S".repeat(50));
    String two = nameIn(other, new Construct(other, "P".repeat(40) + "2"));
    assertThat(one).hasSize(64).startsWith("S".repeat(50)).matches(".+-[0-9a-f]{8}");
    assertThat(two).hasSize(64).isNotEqualTo(one);
  }

  @Test
  void leavesOutWhatTheServiceRefusesAndAccountNumbers() {
    Stack stack = new Stack(app, "Stack111122223333");
    assertThat(nameIn(stack, new Construct(stack, "Größe 1")))
        .matches("Stack/Gr--e-1/Application-[0-9a-f]{8}");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void givesWayToAnother() {
    Stack stack = new Stack(app, "Stack");
    EmrServerlessApplication.Builder.create(stack, "App").applicationName("mine").build();
    Synth.hasApplication(stack, Map.of("Name", "mine"));
  }

  private static String nameIn(Stack stack, Construct scope) {
    EmrServerlessApplication.Builder.create(scope, "Application").build();
    return (String) Synth.application(stack).get("Name");
  }
}
