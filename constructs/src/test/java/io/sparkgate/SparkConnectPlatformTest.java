package io.sparkgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.access.SessionOwner;
import io.sparkgate.lifecycle.StopPolicy;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.AutoStop;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.testing.Synth;
import io.sparkgate.watch.IdlePolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;

class SparkConnectPlatformTest {

  private static final String APPLICATION = "AWS::EMRServerless::Application";

  private final Stack stack = new Stack();

  @Test
  void isCompleteFromAnIdAlone() {
    platform().build();

    Template template = template();
    template.hasResourceProperties(
        APPLICATION,
        Map.of(
            "InteractiveConfiguration", Match.objectLike(Map.of("SessionEnabled", true)),
            "NetworkConfiguration", Match.anyValue(),
            "MaximumCapacity", Match.anyValue()));
    assertThat(template.findResources("AWS::Lambda::Function").toString())
        .contains("ReaperHandler", "SessionGuardHandler", "LifecycleHandler");
    template.resourceCountIs("AWS::Scheduler::Schedule", 2);
    Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
  }

  @Test
  void runsTheApplicationInItsNetwork() {
    SparkConnectPlatform platform = platform().build();

    template()
        .hasResourceProperties(
            APPLICATION,
            Map.of(
                "NetworkConfiguration",
                Map.of(
                    "SubnetIds",
                    stack.resolve(
                        platform
                            .getNetwork()
                            .getVpc()
                            .selectSubnets(platform.getNetwork().getSubnets())
                            .getSubnetIds()),
                    "SecurityGroupIds",
                    List.of(
                        stack.resolve(
                            platform.getNetwork().getSecurityGroup().getSecurityGroupId())))));
  }

  @Test
  void watchesItsApplication() {
    SparkConnectPlatform platform = platform().build();

    assertThat(template().findResources("AWS::Lambda::Function").toString())
        .contains(logicalId(platform));
  }

  @Test
  void letsDevelopersPassItsExecutionRoleOnly() {
    SparkConnectPlatform platform = platform().build();
    platform.grantDevelop(person());

    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            "iam:PassRole",
            "Resource",
            stack.resolve(platform.getExecutionRole().getRoleArn())));
  }

  @Test
  void recognisesOwnersAsItIsTold() {
    platform().sessionOwner(SessionOwner.sourceIdentity()).build().grantDevelop(person());

    assertThat(template().findResources("AWS::IAM::Policy").toString())
        .contains("aws:ResourceTag/sparkgate:owner=${aws:SourceIdentity}")
        .doesNotContain("${aws:userid}");
  }

  @Test
  void letsOperatorsTerminateAndViewersLook() {
    SparkConnectPlatform platform = platform().build();

    platform.grantOperate(person()).assertSuccess();
    platform.grantView(role("Viewer")).assertSuccess();

    assertThat(template().findResources("AWS::IAM::Policy").toString())
        .contains("emr-serverless:TerminateSession")
        .contains("Effect=Deny");
  }

  @Test
  void keepsWorkersWarmWhereAskedTo() {
    platform()
        .application(a -> a.warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16))))
        .build();

    template()
        .hasResourceProperties(
            APPLICATION,
            Map.of(
                "InitialCapacity",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of("Value", Match.objectLike(Map.of("WorkerCount", 2))))))));
  }

  @Test
  void handsThePolicyToTheReaper() {
    platform().idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(20))).build();

    assertThat(template().findResources("AWS::Lambda::Function").toString())
        .contains("\"idleMinutes\":20");
  }

  @Test
  void letsEverySettingOfItsPartsBeChanged() {
    platform()
        .application(application -> application.autoStop(AutoStop.after(Duration.minutes(7))))
        .reaper(reaper -> reaper.every(Duration.minutes(3)))
        .lifecycle(lifecycle -> lifecycle.onDelete(StopPolicy.terminate()))
        .build();

    template()
        .hasResourceProperties(
            APPLICATION,
            Map.of("AutoStopConfiguration", Match.objectLike(Map.of("IdleTimeoutMinutes", 7))));
    template()
        .hasResourceProperties(
            "AWS::Scheduler::Schedule", Map.of("ScheduleExpression", "rate(3 minutes)"));
    template()
        .hasResourceProperties("Custom::SparkgateBeforeDelete", Map.of("Policy", "TERMINATE"));
  }

  @Test
  void tellsSomebodyOfEveryAlarm() {
    Topic topic = Topic.Builder.create(stack, "OnCall").build();
    platform().alarmAction(new SnsAction(topic)).build();

    template()
        .allResourcesProperties(
            "AWS::CloudWatch::Alarm",
            Map.of("AlarmActions", List.of(stack.resolve(topic.getTopicArn()))));
    template().resourceCountIs("AWS::CloudWatch::Alarm", 4);
  }

  @Test
  void staysWholeUntilItsApplicationMayGo() {
    platform().build();

    Map<?, ?> resources = (Map<?, ?>) template().toJSON().get("Resources");
    Map<?, ?> beforeDelete =
        template().findResources("Custom::SparkgateBeforeDelete").values().iterator().next();
    assertThat(((List<?>) beforeDelete.get("DependsOn")).stream().map(String::valueOf))
        .containsAll(
            resources.keySet().stream()
                .map(String::valueOf)
                .filter(id -> !id.startsWith("SparkConnectLifecycle"))
                .toList());
  }

  @Test
  void usesANetworkAndARoleThatExist() {
    SparkConnectNetwork network = SparkConnectNetwork.Builder.create(stack, "Mine").build();
    IRole mine =
        Role.Builder.create(stack, "MyRole")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .build();

    SparkConnectPlatform platform = platform().network(network).executionRole(mine).build();

    assertThat(platform.getNetwork()).isSameAs(network);
    assertThat(platform.getExecutionRole()).isSameAs(mine);
    template().resourceCountIs("AWS::EC2::VPC", 1);
  }

  private SparkConnectPlatform.Builder platform() {
    return SparkConnectPlatform.Builder.create(stack, "SparkConnect");
  }

  private Role person() {
    return role("Person");
  }

  private Role role(String id) {
    return Role.Builder.create(stack, id).assumedBy(new AccountRootPrincipal()).build();
  }

  private Template template() {
    return Template.fromStack(stack);
  }

  private String logicalId(SparkConnectPlatform platform) {
    return stack.getLogicalId(
        (software.amazon.awscdk.CfnElement) platform.getApplication().getNode().getDefaultChild());
  }
}
