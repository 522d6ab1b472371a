package io.sparkgate.test;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/**
 * The AwsSolutions rules of cdk-nag on clusters. What they find and we keep has its reason here.
 */
class ClusterNagTest {

  private static final String ANY_VERSION =
      "The CDK's grant to invoke a function names the function and its versions.";

  @Test
  void findsNothingUnexplained(@TempDir Path directory) {
    App app = Clusters.app(directory);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    List<Stack> stacks = new ArrayList<>();
    for (String name : List.of(Clusters.TUNNEL, Clusters.MUTUAL_TLS, Clusters.TOKEN)) {
      stacks.add((Stack) app.getNode().findChild(name));
    }
    stacks.forEach(ClusterNagTest::explain);
    stacks.subList(1, 3).forEach(ClusterNagTest::explainEndpoint);
    explainPeople(stacks.get(0));
    suppress(
        stacks.get(2),
        "Cluster/Token",
        rule(
            "SMG4",
            "The server reads the token when it starts: a rotation is a new value and a restart,"
                + " which ends everybody's sessions, so people choose when."));

    for (Stack stack : stacks) {
      Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
      Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }
  }

  private static void explain(Stack stack) {
    suppress(
        stack,
        "Cluster",
        rule(
            "EMR4",
            "The disks are encrypted; the rule looks for the setting one level too high (2.37.55)."),
        rule(
            "EMR5",
            "Traffic among the nodes stays inside two groups of their own; certificates for it"
                + " would have to lie in S3."),
        rule("EMR6", "There is no SSH and no key pair: people come through Session Manager."));
    suppress(
        stack,
        "Cluster/Security",
        rule(
            "EMR4",
            "The disks are encrypted; the rule looks for the setting one level too high (2.37.55)."),
        rule("EMR5", "Traffic among the nodes stays inside two groups of their own."),
        rule("EMR6", "There is no SSH and no key pair: people come through Session Manager."));
    suppress(
        stack,
        "Cluster/Logs",
        rule("S1", "It is a bucket of logs itself; CloudTrail's data events say who reads them."));
    suppress(
        stack,
        "Cluster/ServiceRole",
        rule(
            "IAM4",
            "AWS maintains the policy for its service, and it is bound to the tag of what EMR may"
                + " use; a copy would break with EMR's next release."));
    suppress(
        stack,
        "Cluster/NodePolicy",
        wildcard("\\*", "The agent of Session Manager acts on no resource that IAM knows."),
        wildcard("<ClusterLogs.*>/emr/\\*", "Logs are objects below one prefix, named by EMR."));
    suppress(
        stack,
        "Cluster/Hooks/Role/DefaultPolicy",
        wildcard("\\*", "Metrics and the health of targets have no resource that IAM knows."),
        wildcard(
            "arn:<AWS::Partition>:elasticmapreduce:eu-west-1:111122223333:cluster/\\*",
            "A cluster that was replaced has an id that nobody knows any more; a condition narrows"
                + " it to the clusters with this construct's tag."));
    for (String role : List.of("AskingRole", "WaitingRole")) {
      suppress(
          stack,
          "Cluster/Hooks/" + role + "/DefaultPolicy",
          wildcard("<ClusterHooksFunction.*>:\\*", ANY_VERSION));
    }
    suppress(
        stack,
        "Cluster/Hooks/Provider/waiter-state-machine/Role/DefaultPolicy",
        wildcard("<ClusterHooksProviderframework.*>:\\*", ANY_VERSION));
    String why =
        "It only calls one function until that is done, and the function's log has a record of"
            + " each step.";
    suppress(
        stack, "Cluster/Hooks/Provider/waiter-state-machine", rule("SF1", why), rule("SF2", why));
  }

  private static void explainEndpoint(Stack stack) {
    suppress(
        stack,
        "Endpoint/LoadBalancer",
        rule("ELB2", "Access logs are the user's to ask for, with a bucket, by accessLogs."));
  }

  private static void explainPeople(Stack stack) {
    suppress(
        stack,
        "Developers/DefaultPolicy",
        wildcard(
            "arn:<AWS::Partition>:ec2:eu-west-1:111122223333:instance/\\*",
            "Instances are known by the tag of their cluster, which a condition asks for."),
        wildcard(
            "arn:<AWS::Partition>:ssm:eu-west-1:111122223333:session/.*\\*",
            "Sessions are known by who started them, which a condition or the name says."));
  }

  private static void suppress(Stack stack, String path, NagPackSuppression... kept) {
    NagSuppressions.addResourceSuppressionsByPath(
        stack, "/" + stack.getNode().getPath() + "/" + path + "/Resource", List.of(kept));
  }

  private static NagPackSuppression rule(String id, String reason) {
    return NagPackSuppression.builder().id("AwsSolutions-" + id).reason(reason).build();
  }

  private static NagPackSuppression wildcard(String resource, String reason) {
    return NagPackSuppression.builder()
        .id("AwsSolutions-IAM5")
        .appliesTo(
            List.of(RegexAppliesTo.builder().regex("/^Resource::" + resource + "$/").build()))
        .reason(reason)
        .build();
  }
}
