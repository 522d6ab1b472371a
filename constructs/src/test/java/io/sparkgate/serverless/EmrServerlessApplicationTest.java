package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sparkgate.spark.Classification;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.emrserverless.CfnApplication;

class EmrServerlessApplicationTest {

  private final Stack stack = new Stack();

  @Test
  void isSecureCappedAndSilentFromAnIdAlone() {
    application().build();

    assertThat(Synth.application(stack))
        .isEqualTo(
            Map.of(
                "Name", "Default/App",
                "Type", "SPARK",
                "ReleaseLabel", "emr-7.13.0",
                "Architecture", "X86_64",
                "InteractiveConfiguration", Map.of("SessionEnabled", true),
                "AutoStartConfiguration", Map.of("Enabled", true),
                "AutoStopConfiguration", Map.of("Enabled", true, "IdleTimeoutMinutes", 15),
                "MaximumCapacity", Map.of("Cpu", "16 vCPU", "Memory", "64 GB", "Disk", "320 GB"),
                "MonitoringConfiguration",
                    Map.of("ManagedPersistenceMonitoringConfiguration", Map.of("Enabled", true))));
    assertThat(Synth.warnings(stack)).isEmpty();
    assertThat(Synth.errors(stack)).isEmpty();
  }

  @Test
  void makesNothingElseFromAnIdAlone() {
    application().build();
    assertThat(((Map<?, ?>) Template.fromStack(stack).toJSON().get("Resources")).keySet())
        .hasToString("[AppF1B96344]");
  }

  @Test
  void keepsItsResourceWithinReach() {
    EmrServerlessApplication application = application().build();
    assertThat(application.getNode().getDefaultChild()).isInstanceOf(CfnApplication.class);
  }

  @Test
  void tellsItsIdArnAndRelease() {
    EmrServerlessApplication application = application().build();
    assertThat(stack.resolve(application.getApplicationId()))
        .isEqualTo(Map.of("Fn::GetAtt", List.of("AppF1B96344", "ApplicationId")));
    assertThat(stack.resolve(application.getApplicationArn()))
        .isEqualTo(Map.of("Fn::GetAtt", List.of("AppF1B96344", "Arn")));
    assertThat(application.getReleaseLabel()).isEqualTo(ReleaseLabel.EMR_7_13_0);
  }

  @Test
  void passesNameReleaseAndArchitectureOn() {
    application()
        .applicationName("team-a/sessions")
        .releaseLabel(ReleaseLabel.of("emr-7.15.0"))
        .architecture(CpuArchitecture.ARM64)
        .build();
    Synth.hasApplication(
        stack,
        Map.of("Name", "team-a/sessions", "ReleaseLabel", "emr-7.15.0", "Architecture", "ARM64"));
  }

  @Test
  void keepsTheWarmPoolReady() {
    application()
        .warmPool(
            WarmPool.of(
                1,
                WorkerSize.of(4, 16),
                2,
                WorkerSize.of(4, 24).withDisk(Disk.shuffleOptimized(100))))
        .build();
    Synth.hasApplication(
        stack,
        Map.of(
            "InitialCapacity",
            List.of(
                worker("Driver", 1, "16 GB", "20 GB", "STANDARD"),
                worker("Executor", 2, "24 GB", "100 GB", "SHUFFLE_OPTIMIZED"))));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void leavesOutTheKindOfWorkerThatDoesNotWait() {
    application().warmPool(WarmPool.ofDrivers(2, WorkerSize.of(4, 16))).build();
    Synth.hasApplication(
        stack,
        Map.of("InitialCapacity", List.of(worker("Driver", 2, "16 GB", "20 GB", "STANDARD"))));
  }

  @Test
  void capsCapacity() {
    application().capacityLimit(CapacityLimit.of(12, 48, 100)).build();
    Synth.hasApplication(
        stack,
        Map.of("MaximumCapacity", Map.of("Cpu", "12 vCPU", "Memory", "48 GB", "Disk", "100 GB")));
  }

  @Test
  void startsAndStopsWhenTold() {
    application().autoStop(AutoStop.after(Duration.hours(2)).withoutAutoStart()).build();
    Synth.hasApplication(
        stack,
        Map.of(
            "AutoStartConfiguration",
            Map.of("Enabled", false),
            "AutoStopConfiguration",
            Map.of("Enabled", true, "IdleTimeoutMinutes", 120)));
  }

  @Test
  void neverStopsByItselfWhenTold() {
    application().autoStop(AutoStop.never()).build();
    assertThat(Synth.application(stack).get("AutoStopConfiguration"))
        .isEqualTo(Map.of("Enabled", false));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void takesTheLastWordOnAutoStop() {
    application().autoStop(AutoStop.never()).autoStop(AutoStop.after(Duration.minutes(5))).build();
    assertThat(Synth.application(stack).get("AutoStopConfiguration"))
        .isEqualTo(Map.of("Enabled", true, "IdleTimeoutMinutes", 5));
  }

  @Test
  void givesSessionsTheirDefaults() {
    application()
        .sparkDefaults(Map.of("spark.sql.shuffle.partitions", "64"))
        .classification(
            Classification.of("spark-executor-log4j2", Map.of("rootLogger.level", "warn")))
        .build();
    Synth.hasApplication(
        stack,
        Map.of(
            "RuntimeConfiguration",
            List.of(
                Map.of(
                    "Classification",
                    "spark-defaults",
                    "Properties",
                    Map.of("spark.sql.shuffle.partitions", "64")),
                Map.of(
                    "Classification",
                    "spark-executor-log4j2",
                    "Properties",
                    Map.of("rootLogger.level", "warn")))));
  }

  @Test
  void runsInPrivateSubnetsBehindAClosedGroup() {
    application().vpc(new Vpc(stack, "Vpc")).build();

    Synth.hasApplication(
        stack,
        Map.of(
            "NetworkConfiguration",
            Map.of(
                "SubnetIds",
                List.of(
                    Map.of("Ref", Match.stringLikeRegexp("VpcPrivateSubnet1")),
                    Map.of("Ref", Match.stringLikeRegexp("VpcPrivateSubnet2"))),
                "SecurityGroupIds",
                List.of(
                    Map.of(
                        "Fn::GetAtt",
                        List.of(Match.stringLikeRegexp("AppSecurityGroup"), "GroupId"))))));
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::EC2::SecurityGroup", Map.of("SecurityGroupIngress", Match.absent()));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void runsInTheSubnetsAndGroupsThatAreGiven() {
    Vpc vpc = new Vpc(stack, "Vpc");
    application()
        .vpc(vpc, SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
        .securityGroups(
            List.of(SecurityGroup.fromSecurityGroupId(stack, "Group", "sg-0123456789abcdef0")))
        .build();

    Synth.hasApplication(
        stack,
        Map.of(
            "NetworkConfiguration",
            Map.of(
                "SubnetIds",
                List.of(
                    Map.of("Ref", Match.stringLikeRegexp("VpcPublicSubnet1")),
                    Map.of("Ref", Match.stringLikeRegexp("VpcPublicSubnet2"))),
                "SecurityGroupIds",
                List.of("sg-0123456789abcdef0"))));
    Template.fromStack(stack).resourceCountIs("AWS::EC2::SecurityGroup", 0);
  }

  @Test
  void carriesTheTagsOfItsScope() {
    Tags.of(application().build()).add("team", "data");
    Synth.hasApplication(stack, Map.of("Tags", List.of(Map.of("Key", "team", "Value", "data"))));
  }

  @Test
  void rejectsNoToken() {
    String token = CfnParameter.Builder.create(stack, "Parameter").build().getValueAsString();
    Duration duration =
        Duration.minutes(
            CfnParameter.Builder.create(stack, "Minutes")
                .type("Number")
                .build()
                .getValueAsNumber());
    EmrServerlessApplication application =
        application()
            .applicationName(token)
            .releaseLabel(ReleaseLabel.of(token))
            .autoStop(AutoStop.after(duration))
            .sparkDefaults(
                Map.of(
                    "spark.driver.memory", token,
                    "spark.executor.cores", token,
                    "spark.dynamicAllocation.initialExecutors", token,
                    "spark.emr-serverless.memoryOverheadFactor", token,
                    "spark.emr-serverless.lakeformation.enabled", token,
                    "spark.hadoop.javax.jdo.option.ConnectionPassword", token))
            .classification(Classification.of(token, Map.of("key", token)))
            .warmPool(WarmPool.ofDrivers(1, WorkerSize.of(1, 2)))
            .build();
    Tags.of(application).add("team", token);

    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }

  private static Map<String, Object> worker(
      String type, int count, String memory, String disk, String diskType) {
    return Map.of(
        "Key",
        type,
        "Value",
        Map.of(
            "WorkerCount",
            count,
            "WorkerConfiguration",
            Map.of("Cpu", "4 vCPU", "Memory", memory, "Disk", disk, "DiskType", diskType)));
  }
}
