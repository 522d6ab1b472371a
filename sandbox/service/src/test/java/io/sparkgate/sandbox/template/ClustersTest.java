package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.template.ClusterBlueprint.Authentication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClustersTest {

  @TempDir Path directory;

  private final List<String> remarks = new ArrayList<>();
  private ClusterAssembly assembly;

  @BeforeEach
  void copy() throws Exception {
    assembly = ClusterAssembly.in(directory);
  }

  @Test
  void aStackMayHaveAClusterAndNoApplication() throws Exception {
    Blueprint blueprint = assembly.read(remarks::add);

    assertThat(blueprint.application()).isEmpty();
    assertThat(blueprint.executionRoleArn()).isEmpty();
    assertThat(remarks).isEmpty();
    ClusterBlueprint cluster = blueprint.cluster().orElseThrow();
    assertThat(cluster.id()).matches("j-[0-9A-Z]{13}");
    assertThat(cluster.primaryInstanceId()).matches("i-[0-9a-f]{17}");
    assertThat(cluster.releaseLabel()).isEqualTo("emr-7.13.0");
    assertThat(cluster.autoTermination()).contains(Duration.ofHours(1));
    assertThat(cluster.nodeRoleArn()).contains(":role/SparkConnect-dev-cluster-NodeRole-");
    assertThat(cluster.instanceTags())
        .containsOnly(
            Map.entry("aws:elasticmapreduce:job-flow-id", cluster.id()),
            Map.entry("aws:elasticmapreduce:instance-group-role", "MASTER"),
            Map.entry("team", "data"));
  }

  @Test
  void theStepsFilesAreThoseOfTheAssembly() throws Exception {
    var install = assembly.read(remarks::add).cluster().orElseThrow().install();

    String bucket = "s3://cdk-hnb659fds-assets-111122223333-us-east-1/";
    assertThat(install.command())
        .startsWith("bash", "-c")
        .containsSequence(
            "install",
            bucket + "script.sh",
            "--port",
            "15002",
            "--server",
            bucket + "server.jar#" + "0".repeat(64));
    assertThat(install.files())
        .containsEntry(bucket + "script.sh", directory.resolve("asset.script.sh"))
        .containsEntry(bucket + "server.jar", directory.resolve("asset.server.jar"))
        .containsEntry(bucket + "inside.jar", directory.resolve("asset.inside.jar"));
    assertThat(install.conf("spark.sparkgate.idleStop")).contains("30m");
    assertThat(install.conf("spark.none")).isEmpty();
    assertThat(install.option("--secret").orElseThrow())
        .matches("arn:aws:secretsmanager:us-east-1:111122223333:secret:.*-Token-.*-[0-9a-z]{6}");
  }

  @Test
  void readsTheLoadBalancerWithItsToken() throws Exception {
    var endpoint = assembly.read(remarks::add).cluster().orElseThrow().endpoint().orElseThrow();

    assertThat(endpoint)
        .isEqualTo(
            new ClusterBlueprint.Endpoint(
                "spark.dev.example.com", 443, Duration.ofMinutes(15), Authentication.TOKEN));
  }

  @Test
  void readsTheLoadBalancerThatVerifiesCertificates() throws Exception {
    var cluster = assembly.mutualTls().read(remarks::add).cluster().orElseThrow();

    assertThat(cluster.endpoint().orElseThrow().authentication())
        .isEqualTo(Authentication.MUTUAL_TLS);
    assertThat(cluster.install().option("--secret")).isEmpty();
  }

  @Test
  void withoutAliasAndContractTheHostIsMadeUpAndItSaysSo() throws Exception {
    assembly.with("dev-cluster/endpoint", "dev-cluster/else").with("AliasTarget", "ResourceTarget");
    var endpoint = assembly.read(remarks::add).cluster().orElseThrow().endpoint().orElseThrow();

    assertThat(endpoint.host()).matches("internal-.*\\.us-east-1\\.elb\\.amazonaws\\.com");
    assertThat(remarks)
        .containsExactly(
            "no alias record and no parameter names the host of the cluster's endpoint; here it is %s, and on AWS its certificate must name it"
                .formatted(endpoint.host()));
  }

  @Test
  void aDoorForEverybodyIsNotOpened() throws Exception {
    assembly.mutualTls().with("\"Mode\": \"verify\"", "\"Mode\": \"off\"");

    assertThatThrownBy(() -> assembly.read(remarks::add))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            ": listener Listener leads everybody to cluster Cluster: it verifies no client certificates"
                + " (MutualAuthentication is 'off'), and the step asks for no token");
  }

  @Test
  void findsTheDocumentThatLeadsToTheServersPort() throws Exception {
    var tunnel = assembly.read(remarks::add).cluster().orElseThrow().tunnel().orElseThrow();

    assertThat(tunnel.port()).isEqualTo(15002);
    assertThat(tunnel.arn()).endsWith(":document/" + tunnel.name()).contains(":ssm:us-east-1:");

    assembly.with("\"portNumber\": \"15002\"", "\"portNumber\": \"8088\"");
    assertThat(assembly.read(remarks::add).cluster().orElseThrow().tunnel()).isEmpty();
  }

  @Test
  void findsTheContractOfTheCluster() throws Exception {
    Blueprint blueprint = assembly.read(remarks::add);

    Contract contract = Contract.ofCluster(blueprint).orElseThrow();
    assertThat(contract.environment()).isEqualTo("dev-cluster");
    assertThat(contract.values()).containsEntry("endpoint", "spark.dev.example.com:443");
    assertThat(Contract.of(blueprint)).isEmpty();
  }

  @Test
  void anAssetThatIsMissingIsNamed() throws Exception {
    Files.delete(directory.resolve("asset.server.jar"));

    assertThatThrownBy(() -> assembly.read(remarks::add))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith(
            ": step Install runs asset.server.jar, which is not beside the template; name the cdk.out"
                + " directory that it was synthesized to");
  }

  @Test
  void aClusterWithoutTheStepIsNotPlayed() throws Exception {
    assembly.with("\"--port\"", "\"--else\"");

    assertThatThrownBy(() -> assembly.read(remarks::add))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            ": cluster Cluster has no AWS::EMR::Step that installs Spark Connect");
  }

  @Test
  void besideAnApplicationSuchAClusterIsARemark() throws Exception {
    assembly.with("\"--port\"", "\"--else\"");
    assembly.with(
        "\"Lake\": {",
        "\"App\": {\"Type\": \"AWS::EMRServerless::Application\", \"Properties\": {}},\n\"Lake\": {");
    assembly.with("elasticmapreduce.amazonaws.com", "emr-serverless.amazonaws.com");
    Blueprint blueprint = assembly.read(remarks::add);

    assertThat(blueprint.application()).isPresent();
    assertThat(blueprint.cluster()).isEmpty();
    assertThat(remarks)
        .anyMatch(
            remark ->
                remark.startsWith("the cluster is not played: ")
                    && remark.contains("has no AWS::EMR::Step"));
  }
}
