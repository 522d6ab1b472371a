package io.sparkgate.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.watch.SessionGuard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

class ApplicationLifecycleTest {

  private static final String BEFORE_UPDATE = "Custom::SparkgateBeforeUpdate";
  private static final String BEFORE_DELETE = "Custom::SparkgateBeforeDelete";
  private static final String TAG = "sparkgate:lifecycle";

  private final Stack stack = new Stack(new App(), "Data");

  @Test
  void goesBeforeEachUpdateAndEachDeletion() {
    EmrServerlessApplication application = application(stack);
    lifecycle(application).build();

    assertThat(dependenciesOf("AWS::EMRServerless::Application"))
        .containsExactly(onlyOne(BEFORE_UPDATE));
    assertThat(dependenciesOf(BEFORE_DELETE)).contains(logicalId(application));
    assertThat(dependenciesOf(BEFORE_UPDATE)).doesNotContain(logicalId(application));
  }

  @Test
  void findsTheApplicationByItsNameInTheStack() {
    EmrServerlessApplication application = application(stack);
    lifecycle(application).build();

    has(BEFORE_UPDATE, Map.of("ApplicationLogicalId", logicalId(application)));
    has(BEFORE_DELETE, Map.of("ApplicationId", Map.of("Ref", logicalId(application))));
  }

  @Test
  void refusesUnlessToldOtherwise() {
    lifecycle(application(stack)).build();

    has(BEFORE_UPDATE, Map.of("Policy", "REFUSE"));
    has(BEFORE_DELETE, Map.of("Policy", "REFUSE"));
  }

  @Test
  void hasAPolicyForEach() {
    lifecycle(application(stack))
        .onUpdate(StopPolicy.drain(Duration.minutes(20)))
        .onDelete(StopPolicy.terminate())
        .build();

    has(BEFORE_UPDATE, Map.of("Policy", "DRAIN", "MaxWaitMinutes", 20));
    has(BEFORE_DELETE, Map.of("Policy", "TERMINATE", "MaxWaitMinutes", Match.absent()));
  }

  @Test
  void leavesARetainedApplicationAlone() {
    EmrServerlessApplication application = application(stack);
    lifecycle(application).onDelete(StopPolicy.terminate()).build();
    resource(application).applyRemovalPolicy(RemovalPolicy.RETAIN);

    has(BEFORE_DELETE, Map.of("Policy", "RETAIN"));
  }

  @Test
  void mayStopThisApplicationOnly() {
    EmrServerlessApplication application = application(stack);
    lifecycle(application).build();
    Object address = stack.resolve(Aws.STACK_NAME + "/" + logicalId(application));

    template()
        .hasResourceProperties(
            "AWS::EMRServerless::Application",
            Map.of("Tags", List.of(Map.of("Key", TAG, "Value", address))));
    assertThat(statements())
        .containsExactlyInAnyOrder(
            Map.of(
                "Effect", "Allow",
                "Action",
                    List.of(
                        "cloudformation:DescribeStackResource", "cloudformation:DescribeStacks"),
                "Resource", Map.of("Ref", "AWS::StackId")),
            Map.of(
                "Effect", "Allow",
                "Action",
                    List.of(
                        "emr-serverless:GetApplication",
                        "emr-serverless:ListJobRuns",
                        "emr-serverless:ListSessions",
                        "emr-serverless:StopApplication"),
                "Resource",
                    stack.resolve(
                        "arn:%s:emr-serverless:%s:%s:/applications/*"
                            .formatted(
                                stack.getPartition(), stack.getRegion(), stack.getAccount())),
                "Condition", Map.of("StringEquals", Map.of("aws:ResourceTag/" + TAG, address))));
  }

  /** A stack's name has up to 128 characters, a logical id 255, a tag's value 256. */
  @Test
  void cutsALongNameInTheTagAndTellsItApart() {
    String one = lifecycleTag("A".repeat(200) + "1");

    assertThat(one).hasSize("/".length() + 127);
    assertThat(lifecycleTag("A".repeat(200) + "2")).hasSize(one.length()).isNotEqualTo(one);
  }

  @Test
  void mayEndWorkOnlyWhereAPolicySaysSo() {
    EmrServerlessApplication application = application(stack);
    lifecycle(application).onDelete(StopPolicy.terminate()).build();
    String arn = application.getApplicationArn();

    assertThat(statements())
        .contains(
            Map.of(
                "Effect", "Allow",
                "Action", "emr-serverless:TerminateSession",
                "Resource", stack.resolve(arn + "/sessions/*")),
            Map.of(
                "Effect", "Allow",
                "Action", "emr-serverless:CancelJobRun",
                "Resource", stack.resolve(arn + "/jobruns/*")));
    assertThat(dependenciesOf(BEFORE_DELETE)).anyMatch(id -> id.contains("EndWork"));
  }

  @Test
  void waitsLongerThanTheFunction() {
    lifecycle(application(stack)).onDelete(StopPolicy.drain(Duration.minutes(40))).build();

    String waiter =
        template().findResources("AWS::StepFunctions::StateMachine").values().toString();
    // 57 minutes, a look every 10 seconds.
    assertThat(waiter).contains("\"IntervalSeconds\":10").contains("\"MaxAttempts\":342");
  }

  @Test
  void keepsOthersUntilTheApplicationMayGo() {
    EmrServerlessApplication application = application(stack);
    SessionGuard guard = SessionGuard.Builder.create(stack, "Guard").watch(application).build();
    lifecycle(application).build().keepUntilStopped(guard);

    assertThat(dependenciesOf(BEFORE_DELETE)).anyMatch(id -> id.startsWith("GuardSchedule"));
  }

  @Test
  void saysWhatItCannotKeep() {
    Stack people = new Stack((Construct) stack.getNode().getRoot(), "Iam");
    Role role = Role.Builder.create(people, "People").assumedBy(new AccountRootPrincipal()).build();
    lifecycle(application(stack)).build().keepUntilStopped(role);

    Annotations.fromStack(stack)
        .hasWarning(
            "/Data/Lifecycle",
            "keepUntilStopped received Iam/People of stack Iam, but keeps only what is in stack"
                + " Data; delete stack Data first, and that one when it is gone [ack:"
                + " @sparkgate/constructs:keptElsewhere]");
    assertThat(people.getDependencies()).isEmpty();
    assertThat(stack.getDependencies()).isEmpty();
  }

  @Test
  void wantsAnApplication() {
    assertThatThrownBy(ApplicationLifecycle.Builder.create(stack, "Lifecycle")::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Data/Lifecycle: application received nothing, but takes the application to stop; call"
                + " application(application)");
  }

  @Test
  void wantsAnApplicationOfItsOwnStack() {
    EmrServerlessApplication elsewhere =
        application(new Stack((Construct) stack.getNode().getRoot(), "Other"));

    assertThatThrownBy(lifecycle(elsewhere)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Data/Lifecycle: application received Other/Application of stack Other, but takes one"
                + " of its own stack, Data; make the lifecycle where the application is made");
  }

  private ApplicationLifecycle.Builder lifecycle(EmrServerlessApplication application) {
    return ApplicationLifecycle.Builder.create(stack, "Lifecycle").application(application);
  }

  private static EmrServerlessApplication application(Stack stack) {
    return EmrServerlessApplication.Builder.create(stack, "Application").build();
  }

  /** Behind the name of the stack. */
  private static String lifecycleTag(String logicalId) {
    Stack stack = new Stack();
    EmrServerlessApplication application = application(stack);
    ApplicationLifecycle.Builder.create(stack, "Lifecycle").application(application).build();
    resource(application).overrideLogicalId(logicalId);
    Map<?, ?> tag =
        (Map<?, ?>)
            ((List<?>)
                    properties(
                            Template.fromStack(stack)
                                .findResources("AWS::EMRServerless::Application")
                                .get(logicalId))
                        .get("Tags"))
                .get(0);
    List<?> joined = (List<?>) ((Map<?, ?>) tag.get("Value")).get("Fn::Join");
    return (String) ((List<?>) joined.get(1)).get(1);
  }

  private static Map<?, ?> properties(Map<?, ?> resource) {
    return (Map<?, ?>) resource.get("Properties");
  }

  private static CfnResource resource(EmrServerlessApplication application) {
    return (CfnResource) application.getNode().getDefaultChild();
  }

  private String logicalId(EmrServerlessApplication application) {
    return stack.getLogicalId(resource(application));
  }

  private void has(String type, Map<String, Object> properties) {
    template().hasResourceProperties(type, properties);
  }

  private String onlyOne(String type) {
    return template().findResources(type).keySet().iterator().next();
  }

  private List<String> dependenciesOf(String type) {
    Object dependencies =
        template().findResources(type).values().iterator().next().get("DependsOn");
    return ((List<?>) dependencies).stream().map(String::valueOf).toList();
  }

  /** What the function may do, but for its log. */
  private List<Map<?, ?>> statements() {
    return template().findResources("AWS::IAM::Policy").entrySet().stream()
        .filter(
            policy -> policy.getKey().matches("LifecycleRoleDefaultPolicy.*|LifecycleEndWork.*"))
        .map(policy -> (Map<?, ?>) policy.getValue().get("Properties"))
        .map(properties -> (Map<?, ?>) properties.get("PolicyDocument"))
        .flatMap(document -> ((List<?>) document.get("Statement")).stream())
        .<Map<?, ?>>map(statement -> (Map<?, ?>) statement)
        .filter(statement -> !String.valueOf(statement.get("Action")).contains("logs:"))
        .toList();
  }

  private Template template() {
    return Template.fromStack(stack);
  }
}
