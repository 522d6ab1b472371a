package io.sparkgate.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/** What the hook before an update sees of a change, so that CloudFormation calls it. */
class NoticedChangesTest {

  private static final String BEFORE_UPDATE = "Custom::SparkgateBeforeUpdate";

  private final Stack stack = new Stack(new App(), "Data");

  @Test
  void noticesEverySettingThatChanges() {
    String before = fingerprint(application -> {});

    assertThat(fingerprint(application -> {})).isEqualTo(before);
    assertThat(fingerprint(application -> Tags.of(application).add("team", "data")))
        .isNotEqualTo(before);
    assertThat(
            fingerprint(
                application ->
                    resource(application)
                        .addPropertyOverride("AutoStopConfiguration.IdleTimeoutMinutes", 30)))
        .isNotEqualTo(before);
    assertThat(
            fingerprint(
                application ->
                    resource(application).addPropertyDeletionOverride("MonitoringConfiguration")))
        .isNotEqualTo(before);
    assertThat(fingerprint(application -> {}, ReleaseLabel.of("emr-7.14.0"))).isNotEqualTo(before);
    assertThat(
            fingerprint(application -> Stack.of(application).getTags().setTag("commit", "a1b2c3d")))
        .isNotEqualTo(before);
    assertThat(
            fingerprint(
                application -> resource(application).addOverride("Metadata.note", "no setting")))
        .isEqualTo(before);
  }

  @Test
  void takesEveryChangeForOneThatNeedsAStop() {
    assertThat(fingerprint(NoticedChangesTest::raiseTheLimit))
        .isNotEqualTo(fingerprint(application -> {}));
  }

  @Test
  void tellsApartWhatTheServiceChangesWhilePeopleWorkWhereItIsTrusted() {
    Map<String, String> before = whileStarted(application -> {});

    for (Consumer<EmrServerlessApplication> change :
        List.<Consumer<EmrServerlessApplication>>of(
            NoticedChangesTest::raiseTheLimit,
            application -> resource(application).addPropertyDeletionOverride("MaximumCapacity"),
            application ->
                resource(application)
                    .addPropertyOverride("ImageConfiguration.ImageUri", "registry/image:2"))) {
      assertThat(whileStarted(change))
          .containsEntry("Fingerprint", before.get("Fingerprint"))
          .doesNotContainEntry("WhileStarted", before.get("WhileStarted"));
    }
    assertThat(whileStarted(application -> Tags.of(application).add("team", "data")))
        .containsEntry("WhileStarted", before.get("WhileStarted"))
        .doesNotContainEntry("Fingerprint", before.get("Fingerprint"));
  }

  private static void raiseTheLimit(EmrServerlessApplication application) {
    resource(application).addPropertyOverride("MaximumCapacity.Cpu", "32 vCPU");
  }

  private static Map<String, String> whileStarted(Consumer<EmrServerlessApplication> change) {
    return fingerprints(
        change, ReleaseLabel.EMR_7_13_0, lifecycle -> lifecycle.updateWhileStarted().build());
  }

  @Test
  void noticesAReferenceIntoAnotherStack() {
    Stack network = new Stack((Construct) stack.getNode().getRoot(), "Net");
    Vpc vpc = Vpc.Builder.create(network, "Vpc").natGateways(0).build();
    SecurityGroup group = SecurityGroup.Builder.create(network, "Group").vpc(vpc).build();
    ApplicationLifecycle.Builder.create(stack, "Lifecycle")
        .application(
            EmrServerlessApplication.Builder.create(stack, "Application")
                .vpc(vpc, SubnetSelection.builder().subnets(vpc.getIsolatedSubnets()).build())
                .securityGroups(List.of(group))
                .build())
        .build();

    Map<?, ?> networked =
        (Map<?, ?>)
            ((Map<?, ?>)
                    template()
                        .findResources("AWS::EMRServerless::Application")
                        .values()
                        .iterator()
                        .next()
                        .get("Properties"))
                .get("NetworkConfiguration");
    assertThat(networked.get("SecurityGroupIds").toString()).contains("Fn::ImportValue");
    has(
        BEFORE_UPDATE,
        Map.of("References", Match.arrayWith((List<?>) networked.get("SecurityGroupIds"))));
    has(BEFORE_UPDATE, Map.of("References", Match.arrayWith((List<?>) networked.get("SubnetIds"))));
  }

  @Test
  void noticesAReferenceThatPointsElsewhere() {
    Vpc vpc = Vpc.Builder.create(stack, "Vpc").natGateways(0).build();
    SecurityGroup group = SecurityGroup.Builder.create(stack, "Group").vpc(vpc).build();
    ApplicationLifecycle.Builder.create(stack, "Lifecycle")
        .application(
            EmrServerlessApplication.Builder.create(stack, "Application")
                .vpc(
                    vpc,
                    SubnetSelection.builder()
                        .subnets(
                            vpc.getIsolatedSubnets().isEmpty()
                                ? vpc.getPublicSubnets()
                                : vpc.getIsolatedSubnets())
                        .build())
                .securityGroups(List.of(group))
                .build())
        .build();

    has(
        BEFORE_UPDATE,
        Map.of("References", Match.arrayWith(List.of(stack.resolve(group.getSecurityGroupId())))));
  }

  private static String fingerprint(Consumer<EmrServerlessApplication> change) {
    return fingerprint(change, ReleaseLabel.EMR_7_13_0);
  }

  private static String fingerprint(
      Consumer<EmrServerlessApplication> change, ReleaseLabel releaseLabel) {
    return fingerprints(change, releaseLabel).get("Fingerprint");
  }

  private static Map<String, String> fingerprints(
      Consumer<EmrServerlessApplication> change, ReleaseLabel releaseLabel) {
    return fingerprints(change, releaseLabel, ApplicationLifecycle.Builder::build);
  }

  private static Map<String, String> fingerprints(
      Consumer<EmrServerlessApplication> change,
      ReleaseLabel releaseLabel,
      Consumer<ApplicationLifecycle.Builder> build) {
    Stack stack = new Stack();
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "Application")
            .releaseLabel(releaseLabel)
            .build();
    build.accept(ApplicationLifecycle.Builder.create(stack, "Lifecycle").application(application));
    change.accept(application);
    Map<?, ?> hook =
        Template.fromStack(stack).findResources(BEFORE_UPDATE).values().iterator().next();
    Map<?, ?> properties = (Map<?, ?>) hook.get("Properties");
    return Map.of(
        "Fingerprint", (String) properties.get("Fingerprint"),
        "WhileStarted", (String) properties.get("WhileStarted"));
  }

  private static CfnResource resource(EmrServerlessApplication application) {
    return (CfnResource) application.getNode().getDefaultChild();
  }

  private void has(String type, Map<String, Object> properties) {
    template().hasResourceProperties(type, properties);
  }

  private Template template() {
    return Template.fromStack(stack);
  }
}
