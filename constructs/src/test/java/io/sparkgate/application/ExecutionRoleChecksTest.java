package io.sparkgate.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
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

  private Role role(IPrincipal assumedBy) {
    return Role.Builder.create(stack, "Execution").assumedBy(assumedBy).build();
  }
}
