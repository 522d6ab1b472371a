package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.CloudFormationStub;
import io.sparkgate.function.stub.CloudWatchStub;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.EmrStub;
import io.sparkgate.function.stub.LoadBalancingStub;
import io.sparkgate.function.stub.StubSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The jar that is uploaded, in a process with no more than it and what Lambda brings. */
class FunctionsJarTest {

  private static final Path JAR = Path.of("../lambda/target/functions.jar");

  private static final String CLUSTER_HANDLER = "io.sparkgate.function.cluster.ClusterHandler";
  private static final String STACK = "arn:aws:cloudformation:eu-west-1:123456789012:stack/lake/5f";
  private static final String TARGET_GROUP =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/spark/0123456789abcdef";

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();
  @AutoClose private final EmrStub clusters = EmrStub.start();
  @AutoClose private final CloudFormationStub cloudFormation = CloudFormationStub.start();
  @AutoClose private final CloudWatchStub cloudWatch = CloudWatchStub.start();
  @AutoClose private final LoadBalancingStub loadBalancing = LoadBalancingStub.start();

  @Test
  void comparesWhoFetchedAnEndpoint() throws Exception {
    emr.application("00app").put(StubSession.of("00s1", "IDLE", Instant.now()));

    assertThat(
            invoke(
                "io.sparkgate.function.watch.TakeoverHandler",
                """
                {"detail": {
                  "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/developers/alice"},
                  "requestParameters": {"applicationId": "00app", "sessionId": "00s1"}}}"""))
        .contains("\"outcome\":\"own\"")
        .endsWith("{}");
  }

  @Test
  void saysThatAnotherFetchedIt() throws Exception {
    emr.application("00app").put(StubSession.of("00s1", "IDLE", Instant.now()));

    assertThat(
            invoke(
                "io.sparkgate.function.watch.TakeoverHandler",
                """
                {"detail": {
                  "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/developers/bob"},
                  "requestParameters": {"applicationId": "00app", "sessionId": "00s1"}}}"""))
        .contains("\"outcome\":\"takeover\"", "TakeoverSuspected: ");
  }

  @Test
  void looksWhetherSessionsAreOn() throws Exception {
    emr.application("00app");

    assertThat(invoke("io.sparkgate.function.watch.SessionGuardHandler", "{}"))
        .contains("\"outcome\":\"enabled\"")
        .endsWith("{\"Applications\":1,\"Problems\":0}");
  }

  @Test
  void tellsTheInstanceOfAServerThatIsUp() throws Exception {
    clusters.cluster("j-1").primary("i-1").step("s-1", "COMPLETED");

    assertThat(
            invoke(
                CLUSTER_HANDLER,
                request(
                    "Create",
                    "Custom::SparkgateServer",
                    """
                    {"ClusterId": "j-1", "StepId": "s-1", "LogUri": "s3://logs/emr/"}""")))
        .endsWith("{\"IsComplete\":true,\"Data\":{\"PrimaryInstanceId\":\"i-1\"}}");
  }

  @Test
  void seesThatTheLoadBalancerFindsAServerHealthy() throws Exception {
    loadBalancing.health("i-1", "healthy", null, null);

    assertThat(
            invoke(
                CLUSTER_HANDLER,
                request(
                    "Create",
                    "Custom::SparkgateTarget",
                    """
                    {"TargetGroupArn": "%s", "InstanceId": "i-1", "Port": "15002"}"""
                        .formatted(TARGET_GROUP))))
        .endsWith("{\"IsComplete\":true}");
  }

  @Test
  void refusesToDeleteAClusterThatIsUsed() throws Exception {
    clusters.cluster("j-1");
    cloudFormation.update(STACK, "DELETE_IN_PROGRESS", Instant.now());
    cloudWatch.put("ContainerAllocated", "j-1", Instant.now().minusSeconds(60), 4);

    assertThat(
            invoke(
                CLUSTER_HANDLER,
                request(
                    "Delete",
                    "Custom::SparkgateBeforeDelete",
                    """
                    {"ClusterId": "j-1", "Policy": "REFUSE"}""")))
        .contains("Cluster j-1 is in use, and is not deleted while it is: 4 containers");
  }

  @Test
  void terminatesAClusterThatNobodySendsRequestsTo() throws Exception {
    clusters.cluster("j-1").readyAt(Instant.now().minus(Duration.ofHours(9)));

    assertThat(invoke("io.sparkgate.function.cluster.reaper.ClusterReaperHandler", "{}"))
        .contains("\"Terminated\":1");
    assertThat(clusters.cluster("j-1").state()).isEqualTo("TERMINATING");
  }

  /** As the framework asks whether it is complete. */
  private static String request(String type, String resource, String properties) {
    return """
    {"RequestType": "%s", "RequestId": "r-1", "ResourceType": "%s", "StackId": "%s",
     "LogicalResourceId": "Hook", "PhysicalResourceId": "j-1", "StartedAt": "%s",
     "ResourceProperties": %s}"""
        .formatted(type, resource, STACK, Instant.now(), properties);
  }

  private String invoke(String handler, String event) throws Exception {
    Map<String, String> environment =
        Map.of(
            "SPARKGATE_GUARD",
            "{\"applications\":[\"00app\"]}",
            "SPARKGATE_CLUSTER_REAPER",
            """
            {"clusters": [{"clusterId": "j-1", "targetGroupArn": "%s"}], "idleMinutes": 60,
             "keepTag": "sparkgate:keep-until", "maxTerminations": 5, "dryRun": false}"""
                .formatted(TARGET_GROUP),
            "AWS_ENDPOINT_URL_EMR",
            clusters.uri().toString(),
            "AWS_ENDPOINT_URL_CLOUDFORMATION",
            cloudFormation.uri().toString(),
            "AWS_ENDPOINT_URL_CLOUDWATCH",
            cloudWatch.uri().toString(),
            "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2",
            loadBalancing.uri().toString());
    return new DeployedFunction(handler, environment, JAR)
        .invoke(emr.uri(), event)
        .output()
        .strip();
  }
}
