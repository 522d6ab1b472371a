package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;

class InteractiveGrantsTest {

  private final Stack stack = new Stack(new App(), "Stack");
  private final IRole executionRole =
      SessionExecutionRole.Builder.create(stack, "ExecutionRole").build().getRole();
  private final Role people =
      Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();

  @Test
  void letsPeopleWorkWithLivyAndPassOneRole() {
    of(ApplicationType.spark().withLivy()).grantLivy(people, executionRole);
    Synth.hasPolicy(
        stack,
        Map.of(
            "Effect",
            "Allow",
            "Action",
            List.of(
                "emr-serverless:AccessLivyEndpoints",
                "emr-serverless:GetApplication",
                "emr-serverless:StartApplication"),
            "Resource",
            arn()),
        Map.of(
            "Effect",
            "Allow",
            "Action",
            "emr-serverless:GetDashboardForJobRun",
            "Resource",
            Map.of("Fn::Join", List.of("", List.of(arn(), "/jobruns/*")))),
        passRole());
  }

  @Test
  void letsPeopleAttachNotebooksOfStudio() {
    of(ApplicationType.spark().withStudio()).grantStudio(people, executionRole);
    Synth.hasPolicy(
        stack,
        Map.of(
            "Effect",
            "Allow",
            "Action",
            List.of(
                "emr-serverless:AccessInteractiveEndpoints",
                "emr-serverless:GetApplication",
                "emr-serverless:StartApplication"),
            "Resource",
            arn()),
        passRole());
  }

  @Test
  void grantsOnAnImportedApplicationWhoseWaysAreNotKnown() {
    EmrServerlessApplication.fromApplicationId(stack, "Given", "00f1cb5c6anuij25")
        .grantLivy(people, executionRole);
    Synth.hasStatement(stack, Map.of("Action", "emr-serverless:GetDashboardForJobRun"));
  }

  @Test
  void refusesAWayThatTheApplicationHasNot() {
    EmrServerlessApplication application = of(ApplicationType.spark());
    assertThatThrownBy(() -> application.grantLivy(people, executionRole))
        .hasMessage(
            "Stack/App: grantLivy received people for an application that has no Livy endpoint; use"
                + " ApplicationType.spark().withLivy()");
    assertThatThrownBy(() -> application.grantStudio(people, executionRole))
        .hasMessage(
            "Stack/App: grantStudio received people for an application that has no kernels for EMR"
                + " Studio; use ApplicationType.spark().withStudio()");
  }

  private EmrServerlessApplication of(ApplicationType type) {
    return EmrServerlessApplication.Builder.create(stack, "App").type(type).build();
  }

  private Object arn() {
    return stack.resolve(
        ((EmrServerlessApplication) stack.getNode().findChild("App")).getApplicationArn());
  }

  private Map<String, Object> passRole() {
    return Map.of(
        "Effect",
        "Allow",
        "Action",
        "iam:PassRole",
        "Resource",
        stack.resolve(executionRole.getRoleArn()),
        "Condition",
        Map.of("StringEquals", Map.of("iam:PassedToService", "emr-serverless.amazonaws.com")));
  }
}
