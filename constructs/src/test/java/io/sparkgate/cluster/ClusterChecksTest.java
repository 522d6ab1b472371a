package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;

class ClusterChecksTest {

  private final Stack stack = new Stack();

  @Test
  void refusesAReleaseThatCannotRunTheServerEvenWithItsOwn(@TempDir Path directory)
      throws IOException {
    Path server = Files.createFile(directory.resolve("spark-connect_2.12-3.4.1.jar"));

    refuses(
        builder -> builder.releaseLabel(ReleaseLabel.of("emr-6.15.0")).server(server),
        "Cluster: releaseLabel received emr-6.15.0, but what this library puts into the server"
            + " needs Java 17 and Spark 3.5; use emr-7.0.0 or later");
  }

  @Test
  void takesTheFirstReleaseWithJava17AndSpark35() {
    builder().releaseLabel(ReleaseLabel.of("emr-7.0.0")).build();

    assertThat(Synth.warnings(stack).toString()).doesNotContain("Release");
  }

  @ParameterizedTest
  @ValueSource(longs = {299, 7 * 24 * 3600 + 1})
  void refusesAnIdleTimeThatEmrDoesNotTake(long seconds) {
    refuses(
        builder -> builder.idleTermination(Duration.seconds(seconds)),
        "but takes 5 minutes to 7 days, as EMR does");
  }

  /** Checks need them, and what Spark is told is written from them. */
  @Test
  void refusesTokensForWhatItWritesFrom() {
    Number later = Token.asNumber(Map.of("Ref", "Parameter"));

    refuses(
        builder -> builder.idleTermination(Duration.minutes(later)),
        "Cluster: idleTermination received a duration that is known only when the stack is"
            + " deployed");
    assertThatThrownBy(() -> ClusterCapacity.upTo(1).driverMemory(Size.gibibytes(later)))
        .hasMessageStartingWith(
            "ClusterCapacity.driverMemory: received a size that is known only when the stack is"
                + " deployed");
  }

  @Test
  void refusesAStackThatTakesNoFiles() {
    Stack bare =
        new Stack(
            null, "Bare", StackProps.builder().synthesizer(new BootstraplessSynthesizer()).build());

    assertThatThrownBy(() -> SparkConnectCluster.Builder.create(bare, "Cluster").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "Cluster: what the primary node runs are files to upload, and the synthesizer of stack"
                + " Bare takes none; give the stack one that does, such as"
                + " DefaultStackSynthesizer");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.driver.memory,ClusterCapacity.driverMemory",
    "spark.connect.grpc.interceptor.classes,the endpoint's authentication",
    "spark.connect.grpc.binding.port,nothing: it is always 15002",
    "spark.sparkgate.idleStop,idleTermination",
    "spark.sparkgate.restart,restart"
  })
  void refusesSettingsThatItOwns(String key, String said) {
    refuses(
        builder -> builder.serverSettings(Map.of(key, "1")),
        "serverSettings received '%s', which is not its to set; it is said by %s"
            .formatted(key, said));
  }

  @Test
  void refusesAPluginBesideItsOwn() {
    refuses(
        builder ->
            builder
                .idleTermination(Duration.minutes(60))
                .serverSettings(Map.of("spark.plugins", "com.example.Mine")),
        "serverSettings received 'spark.plugins', which idleTermination needs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql.shuffle.partitions", "spark.a b", "spark.a=b"})
  void refusesWhatIsNoSettingOfSpark(String key) {
    refuses(
        builder -> builder.serverSettings(Map.of(key, "1")),
        "serverSettings received the key '%s'".formatted(key));
  }

  @Test
  void refusesALineBreakInASetting() {
    refuses(
        builder -> builder.serverSettings(Map.of("spark.a", "1\nspark.b 2")),
        "serverSettings received a value of 'spark.a' with a line break");
  }

  @Test
  void refusesADriverThatThePrimaryCannotHold() {
    refuses(
        builder -> builder.capacity(ClusterCapacity.upTo(1).driverMemory(Size.gibibytes(32))),
        "capacity has a driver of 32768 MiB, but a primary node of m7g.2xlarge has 32768 MiB");
  }

  @Test
  void refusesAJarThatIsNotThere() {
    refuses(
        builder -> builder.server(Path.of("/nowhere/spark-connect.jar")),
        "server received /nowhere/spark-connect.jar, which is no file");
  }

  @Test
  void refusesAGenerationBelowOne() {
    refuses(builder -> builder.generation(0), "generation received 0, but takes 1 or more");
  }

  @Test
  void refusesARestartBelowZero() {
    refuses(builder -> builder.restart(-1), "restart received -1, but takes 0 or more");
  }

  @Test
  void refusesPublicSubnets() {
    Vpc vpc = Vpc.Builder.create(stack, "Vpc").maxAzs(2).build();
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network")
            .vpc(vpc, SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
            .forClusters()
            .build();

    refuses(builder -> builder.network(network), "network has public subnets (Default/Vpc/Public");
  }

  @Test
  void refusesAKeyOfAnotherRegionAndARoleOfAnotherAccount() {
    Stack here =
        new Stack(
            null,
            "Here",
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                .build());

    assertThatThrownBy(
            () ->
                SparkConnectCluster.Builder.create(here, "A")
                    .encryptionKey(
                        Key.fromKeyArn(here, "Key", "arn:aws:kms:eu-central-1:111122223333:key/1"))
                    .build())
        .hasMessageContaining("encryptionKey Here/Key is in 111122223333/eu-central-1");
    assertThatThrownBy(
            () ->
                SparkConnectCluster.Builder.create(here, "B")
                    .nodeRole(
                        Role.fromRoleArn(here, "Role", "arn:aws:iam::999988887777:role/Nodes"))
                    .build())
        .hasMessageContaining("nodeRole received Here/Role of account 999988887777");
  }

  @Test
  void refusesCapacitiesThatCannotBe() {
    assertThatThrownBy(() -> ClusterCapacity.upTo(0))
        .hasMessage("ClusterCapacity.upTo: nodes received 0, but takes 1 to 500");
    assertThatThrownBy(() -> ClusterCapacity.upTo(1).spotTasks())
        .hasMessageContaining("ask for ClusterCapacity.upTo(2) or more");
    assertThatThrownBy(
            () ->
                ClusterCapacity.upTo(1)
                    .nodeTypes(new InstanceType("m7g.xlarge"), new InstanceType("m7i.xlarge")))
        .hasMessageContaining("m7g.xlarge, m7i.xlarge, which are of two processors");
    assertThatThrownBy(() -> ClusterCapacity.upTo(1).primaryTypes())
        .hasMessageContaining("received 0 types, but takes 1 to 5");
    assertThatThrownBy(() -> ClusterCapacity.upTo(1).driverMemory(Size.mebibytes(512)))
        .hasMessageContaining("received 512 MiB, but takes 1024 MiB or more");
  }

  /** One stack for all that is probably wrong. */
  @Test
  void warnsOfWhatIsProbablyWrong() {
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network")
            .vpc(Vpc.Builder.create(stack, "Vpc").maxAzs(2).build())
            .build();
    builder()
        .network(network)
        .capacity(ClusterCapacity.upTo(2).driverMemory(Size.gibibytes(20)))
        .releaseLabel(ReleaseLabel.of("emr-spark-8.0.0"))
        .serverSettings(Map.of("spark.hadoop.fs.s3a.secret.key", "hunter2"))
        .nodeRole(
            Role.fromRoleArn(
                stack,
                "Role",
                "arn:aws:iam::111122223333:role/Nodes",
                FromRoleArnOptions.builder().mutable(false).build()))
        .build();

    assertThat(Synth.warnings(stack).toString())
        .contains(
            "networkNotForClusters",
            "for-use-with-amazon-emr-managed-policies=true",
            "driverCrowdsPrimary",
            "unseenRelease",
            "secretInPlainText",
            "roleNotChanged");
  }

  @Test
  void warnsThatSubnetsOfOthersAreNotTaggedFromHere() {
    SparkConnectNetwork.Builder.create(stack, "Network")
        .vpc(Vpc.Builder.create(stack, "Vpc").maxAzs(2).build())
        .forClusters()
        .build();

    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("for-use-with-amazon-emr-managed-policies=true", "untaggedSubnets");
  }

  @Test
  void takesATokenForARelease() {
    CfnParameter parameter = new CfnParameter(stack, "Release");

    builder().releaseLabel(ReleaseLabel.of(parameter.getValueAsString())).build();

    assertThat(Synth.errors(stack)).isEmpty();
  }

  private SparkConnectCluster.Builder builder() {
    return SparkConnectCluster.Builder.create(stack, "Cluster");
  }

  private void refuses(Consumer<SparkConnectCluster.Builder> wrong, String message) {
    SparkConnectCluster.Builder builder = builder();
    wrong.accept(builder);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
