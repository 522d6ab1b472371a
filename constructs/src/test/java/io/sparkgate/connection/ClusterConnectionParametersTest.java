package io.sparkgate.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.cluster.ISparkConnectCluster;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Clusters;
import io.sparkgate.testing.Synth;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;

class ClusterConnectionParametersTest {

  private static final String BELOW = "/sparkgate/dev-cluster/";

  private final App app = new App();
  private final Stack stack = stack("Lake", "eu-west-1");
  private final ISparkConnectCluster cluster = Clusters.imported(stack, "Cluster", "j-2AXGAPLF");

  @Test
  void tellHowToOpenATunnel() {
    IRole developer = Role.fromRoleName(stack, "Developer", "Developer");
    parameters()
        .cluster(cluster)
        .developerRole(developer)
        .releaseLabel(ReleaseLabel.EMR_7_13_0)
        .build();

    Map<String, Object> expected = new TreeMap<>();
    expected.put(BELOW + "cluster-id", "j-2AXGAPLF");
    expected.put(BELOW + "primary-instance-id", "i-0123456789abcdef0");
    expected.put(BELOW + "session-document", "tunnel");
    expected.put(BELOW + "developer-role-arn", stack.resolve(developer.getRoleArn()));
    expected.put(BELOW + "spark-version", "3.5.6");
    expected.put(BELOW + "python-version", "3.11");
    expected.put(BELOW + "pyspark", ReleaseLabel.EMR_7_13_0.pipRequirements().orElseThrow());
    assertThat(written()).isEqualTo(expected);
  }

  @Test
  void tellHowToCallAnEndpointWithATokenAndWhereThatIs() {
    parameters().endpoint(Clusters.byToken(stack, "Endpoint", cluster)).build();

    assertThat(written())
        .isEqualTo(
            Map.of(
                BELOW + "cluster-id", "j-2AXGAPLF",
                BELOW + "primary-instance-id", "i-0123456789abcdef0",
                BELOW + "endpoint", "spark.dev.example.com:443",
                BELOW + "authentication", "token",
                BELOW + "token-secret-arn",
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-a1b2c3"));
  }

  @Test
  void tellOfCertificatesAndOfATunnelBesideThemWhereAskedTo() {
    parameters().endpoint(Clusters.byCertificate(stack, "Endpoint", cluster)).tunnel(true).build();

    assertThat(written())
        .containsEntry(BELOW + "authentication", "mutual-tls")
        .containsEntry(BELOW + "session-document", "tunnel")
        .doesNotContainKey(BELOW + "token-secret-arn");
  }

  @Test
  void standBelowTheNameOfTheStackUnlessSaidOtherwise() {
    assertThat(
            ClusterConnectionParameters.Builder.create(stack, "Connection")
                .cluster(cluster)
                .build()
                .getPrefix())
        .isEqualTo("/sparkgate/Lake");
  }

  /** A client asks for an application's first, and for one name too many a call is denied. */
  @Test
  void areReadWithTheNamesThatAnApplicationWouldHave() {
    ClusterConnectionParameters parameters = parameters().cluster(cluster).build();
    parameters
        .grantRead(
            Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build())
        .assertSuccess();

    assertThat(parameters.getParameterArns())
        .hasSize(16)
        .doesNotHaveDuplicates()
        .anyMatch(arn -> arn.endsWith(":111122223333:parameter" + BELOW + "application-id"))
        .anyMatch(arn -> arn.endsWith(":111122223333:parameter" + BELOW + "cluster-id"));
    Synth.hasPolicy(
        stack,
        Map.of(
            "Effect",
            "Allow",
            "Action",
            "ssm:GetParameters",
            "Resource",
            stack.resolve(parameters.getParameterArns())));
  }

  @Test
  void areTenAtMostSoThatOneCallReadsThem() {
    parameters()
        .endpoint(Clusters.byToken(stack, "Endpoint", cluster))
        .tunnel(true)
        .developerRole(Role.fromRoleName(stack, "Developer", "Developer"))
        .releaseLabel(ReleaseLabel.EMR_7_13_0)
        .build();

    assertThat(written()).hasSize(10);
  }

  @Test
  void refuseToTellOfNothing() {
    assertThatThrownBy(() -> parameters().build())
        .hasMessageContaining("cluster received nothing, but takes the cluster to connect to");
    assertThatThrownBy(() -> parameters("Other").cluster(cluster).tunnel(false).build())
        .hasMessageContaining("tunnel received false, but there is no endpoint");
  }

  @Test
  void refuseAnEndpointOfAnotherCluster() {
    SparkConnectEndpoint endpoint = Clusters.byToken(stack, "Endpoint", cluster);
    ISparkConnectCluster other = Clusters.imported(stack, "Other", "j-3");

    assertThatThrownBy(() -> parameters().cluster(other).endpoint(endpoint).build())
        .hasMessageContaining(
            "endpoint Lake/Endpoint is of cluster Lake/Cluster, but cluster received Lake/Other;"
                + " leave cluster out");
  }

  @Test
  void refuseAClusterOfWhichNoTunnelIsKnown() {
    ISparkConnectCluster byId = SparkConnectCluster.fromClusterId(stack, "ById", "j-4");

    assertThatThrownBy(() -> parameters().cluster(byId).build())
        .hasMessageContaining("primaryInstanceId of the imported cluster is needed here");
  }

  @Test
  void refuseAClusterOfAnotherRegion() {
    Stack there = stack("There", "us-east-1");

    assertThatThrownBy(
            () ->
                ClusterConnectionParameters.Builder.create(there, "Connection")
                    .cluster(cluster)
                    .build())
        .hasMessageContaining("clients look for a cluster where its parameters are");
  }

  @Test
  void refuseThePrefixOfAnApplication() {
    ConnectionParameters.Builder.create(stack, "Sessions")
        .application(EmrServerlessApplication.fromApplicationId(stack, "Application", "00f1"))
        .executionRole(Role.fromRoleName(stack, "Runs", "Runs"))
        .prefix("/sparkgate/dev-cluster")
        .build();

    assertThatThrownBy(() -> parameters().cluster(cluster).build())
        .hasMessageContaining("prefix /sparkgate/dev-cluster is that of Lake/Sessions too");
  }

  /** And says that another stack's names are in the way of a replacement. */
  @Test
  void knowTheReleaseOfAClusterThatIsMadeHere() {
    SparkConnectCluster made = SparkConnectCluster.Builder.create(stack, "Made").build();
    Stack people = stack("People", "eu-west-1");

    assertThatThrownBy(
            () -> parameters().cluster(made).releaseLabel(ReleaseLabel.of("emr-7.9.0")).build())
        .hasMessageContaining("releaseLabel received emr-7.9.0, but the cluster is made with");
    ClusterConnectionParameters.Builder.create(people, "Connection").cluster(made).build();
    assertThat(Synth.warnings(people))
        .anyMatch(warning -> warning.contains("so a replacement of the cluster would fail"));
  }

  private ClusterConnectionParameters.Builder parameters() {
    return parameters("Connection");
  }

  private ClusterConnectionParameters.Builder parameters(String id) {
    return ClusterConnectionParameters.Builder.create(stack, id)
        .prefix(id.equals("Connection") ? "/sparkgate/dev-cluster" : "/sparkgate/" + id);
  }

  private Stack stack(String id, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }

  private Map<String, Object> written() {
    Map<String, Object> written = new TreeMap<>();
    Template.fromStack(stack)
        .findResources("AWS::SSM::Parameter")
        .values()
        .forEach(
            parameter -> {
              Map<?, ?> properties = (Map<?, ?>) parameter.get("Properties");
              assertThat(properties.get("Tier")).isEqualTo("Standard");
              written.put((String) properties.get("Name"), properties.get("Value"));
            });
    return written;
  }
}
