package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

class ExecutionRoleChecksTest {

  private static final String SERVICE = "emr-serverless.amazonaws.com";

  private final Stack stack = new Stack();
  private final Role people =
      Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();
  private final EmrServerlessApplication application =
      EmrServerlessApplication.Builder.create(stack, "App").build();

  @Test
  void acceptsARoleThatTheServiceCanAssume() {
    application.grantDevelop(people, role(new ServicePrincipal(SERVICE)));
    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  @Test
  void acceptsARoleThatOthersCanAssumeToo() {
    application.grantDevelop(
        people,
        role(
            new CompositePrincipal(
                new ServicePrincipal("glue.amazonaws.com"), new ServicePrincipal(SERVICE))));
    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  @Test
  void acceptsTrustThatIsAddedAfterTheGrant() {
    Role role = role(new AccountRootPrincipal());
    application.grantDevelop(people, role);
    role.getAssumeRolePolicy()
        .addStatements(
            PolicyStatement.Builder.create()
                .actions(List.of("sts:AssumeRole"))
                .principals(List.of(new ServicePrincipal(SERVICE)))
                .build());
    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops.emr-serverless.amazonaws.com", "ec2.amazonaws.com"})
  void rejectsARoleThatOnlyAnotherServiceCanAssume(String service) {
    application.grantDevelop(people, role(new ServicePrincipal(service)));
    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("execution role Default/Execution does not trust " + SERVICE)
        .hasMessageContaining("make it with SessionExecutionRole");
  }

  static Stream<Arguments> trustThatNeverHolds() {
    IPrincipal service = new ServicePrincipal(SERVICE);
    return Stream.of(
        Arguments.of(
            "of sessions of another account",
            statement(Effect.ALLOW, "sts:AssumeRole")
                .principals(List.of(service))
                .conditions(
                    Map.of("StringEquals", Map.of("aws:SourceAccount", List.of("999999999999"))))),
        Arguments.of(
            "whatever the case of the key",
            statement(Effect.ALLOW, "sts:AssumeRole")
                .principals(List.of(service))
                .conditions(Map.of("StringLike", Map.of("AWS:sourceaccount", "999999999999")))),
        Arguments.of(
            "of an application of another account",
            statement(Effect.ALLOW, "sts:AssumeRole")
                .principals(List.of(service))
                .conditions(
                    Map.of(
                        "ArnLike",
                        Map.of(
                            "aws:SourceArn",
                            "arn:aws:emr-serverless:eu-west-1:999999999999:/applications/*")))),
        Arguments.of(
            "of another action",
            statement(Effect.ALLOW, "sts:TagSession").principals(List.of(service))));
  }

  @ParameterizedTest
  @MethodSource("trustThatNeverHolds")
  void rejectsTrustThatNeverHolds(String what, PolicyStatement.Builder trust) {
    Stack placed = placed();
    Role role =
        Role.Builder.create(placed, "Execution").assumedBy(new AccountRootPrincipal()).build();
    role.getAssumeRolePolicy().addStatements(trust.build());
    applicationOf(placed).grantDevelop(peopleOf(placed), role);

    assertThatThrownBy(() -> Template.fromStack(placed))
        .hasMessageContaining("execution role Placed/Execution does not trust " + SERVICE)
        .hasMessageContaining("another account in aws:SourceAccount or aws:SourceArn");
  }

  @Test
  void rejectsTrustThatIsDenied() {
    Role role = role(new ServicePrincipal(SERVICE));
    role.getAssumeRolePolicy()
        .addStatements(
            statement(Effect.DENY, "sts:*")
                .principals(List.of(new ServicePrincipal(SERVICE)))
                .build());
    application.grantDevelop(people, role);

    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("execution role Default/Execution does not trust " + SERVICE);
  }

  static Stream<Arguments> trustThatMayHold() {
    return Stream.of(
        Arguments.of("sts:Assume*", Map.of()),
        Arguments.of("STS:assumerole", Map.of()),
        Arguments.of(
            "sts:AssumeRole", Map.of("StringEquals", Map.of("aws:SourceAccount", "111122223333"))),
        Arguments.of("sts:AssumeRole", Map.of("StringLike", Map.of("aws:SourceAccount", "1111*"))),
        Arguments.of(
            "sts:AssumeRole",
            Map.of(
                "StringEquals",
                Map.of("aws:SourceAccount", List.of("999999999999", "111122223333")))),
        Arguments.of(
            "sts:AssumeRole",
            Map.of("StringNotEquals", Map.of("aws:SourceAccount", "999999999999"))));
  }

  @ParameterizedTest
  @MethodSource("trustThatMayHold")
  void acceptsTrustThatMayHold(String action, Map<String, Object> conditions) {
    Stack placed = placed();
    Role role =
        Role.Builder.create(placed, "Execution").assumedBy(new AccountRootPrincipal()).build();
    role.getAssumeRolePolicy()
        .addStatements(
            statement(Effect.ALLOW, action)
                .principals(List.of(new ServicePrincipal(SERVICE)))
                .conditions(conditions)
                .build());
    applicationOf(placed).grantDevelop(peopleOf(placed), role);

    assertThatCode(() -> Template.fromStack(placed)).doesNotThrowAnyException();
  }

  @Test
  void acceptsADenyThatHoldsSometimesOnly() {
    Role role = role(new ServicePrincipal(SERVICE));
    role.getAssumeRolePolicy()
        .addStatements(
            statement(Effect.DENY, "sts:AssumeRole")
                .principals(List.of(new ServicePrincipal(SERVICE)))
                .conditions(Map.of("StringNotEquals", Map.of("aws:SourceAccount", "111122223333")))
                .build());
    application.grantDevelop(people, role);

    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  @Test
  void rejectsTrustInAnotherApplicationsGrantToo() {
    EmrServerlessApplication.fromApplicationId(stack, "Imported", "00f1cb5c6anuij25")
        .grantDevelop(people, role(new AccountRootPrincipal()));
    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("execution role Default/Execution does not trust " + SERVICE);
  }

  @Test
  void warnsOnceThatItCannotSeeAnImportedRolesTrust() {
    IRole imported =
        Role.fromRoleArn(stack, "Execution", "arn:aws:iam::123456789012:role/spark-sessions");
    application.grantDevelop(people, imported);
    application.grantDevelop(
        Role.Builder.create(stack, "Others").assumedBy(new AccountRootPrincipal()).build(),
        imported);

    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("execution role Default/Execution is not made in this app")
        .contains("make sure that it lets " + SERVICE);

    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:importedExecutionRole");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private static PolicyStatement.Builder statement(Effect effect, String action) {
    return PolicyStatement.Builder.create().effect(effect).actions(List.of(action));
  }

  private static Stack placed() {
    return new Stack(
        new App(),
        "Placed",
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());
  }

  private static EmrServerlessApplication applicationOf(Stack stack) {
    return EmrServerlessApplication.Builder.create(stack, "App").build();
  }

  private static Role peopleOf(Stack stack) {
    return Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();
  }

  private Role role(IPrincipal assumedBy) {
    return Role.Builder.create(stack, "Execution").assumedBy(assumedBy).build();
  }
}
