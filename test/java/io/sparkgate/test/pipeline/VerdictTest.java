package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.app.SparkgateApp;
import io.sparkgate.test.pipeline.Unpacked.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** {@code pipeline/gate} with the pinned CLI and the templates of this repository. */
class VerdictTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path assembly;
  @TempDir private Path home;

  private Unpacked unpacked;
  private FakeAws aws;

  @BeforeAll
  static void synthesize() throws IOException {
    App app =
        new App(
            AppProps.builder()
                .outdir(assembly.toString())
                .analyticsReporting(false)
                .context(
                    JSON.convertValue(
                        JSON.readTree(Path.of("resources/cdk.json").toFile()).get("context"),
                        new TypeReference<Map<String, Object>>() {}))
                .build());
    SparkgateApp.addStacks(app);
    app.synth();
  }

  @BeforeEach
  void unpack() throws IOException {
    unpacked = new Unpacked(home).withTheCli();
    unpacked.link("cdk.out", assembly);
    aws = FakeAws.start();
  }

  @AfterEach
  void stop() throws IOException {
    aws.close();
    unpacked.close();
  }

  @Test
  void isNothingWhereNothingChanges() throws Exception {
    assertThat(against(resources -> {}).out()).isEqualTo("verdict=nothing\n");
  }

  @Test
  void isBroadeningWhereAPermissionIsNew() throws Exception {
    Ended gate = against(VerdictTest::withoutAPermission);

    assertThat(gate.out()).isEqualTo("verdict=broadening\n");
    assertThat(gate.code()).isZero();
    assertThat(gate.err()).containsOnlyOnce("IAM Statement Changes").contains("logs:PutLogEvents");
  }

  @Test
  void isDestructiveWhereTheApplicationIsReplaced() throws Exception {
    Ended gate = against(VerdictTest::withAnotherName);

    assertThat(gate.out()).isEqualTo("verdict=destructive\n");
    assertThat(gate.err()).contains("AWS::EMRServerless::Application", "will be replaced");
  }

  @Test
  void isBothWhereBothAre() throws Exception {
    Ended gate =
        against(
            resources -> {
              withoutAPermission(resources);
              withAnotherName(resources);
            });

    assertThat(gate.out()).isEqualTo("verdict=both\n");
  }

  @Test
  void isThatOfTheDeployedTemplate() throws Exception {
    aws.deployed(Files.readString(assembly.resolve("SparkConnect-dev.template.json")));

    assertThat(signedIn().run("gate", "dev").out()).isEqualTo("verdict=nothing\n");
    assertThat(aws.assumed()).containsOnly("cdk-hnb659fds-lookup-role-111122223333-eu-west-1");
  }

  @Test
  void isBroadeningWhereNothingIsDeployed() throws Exception {
    Ended gate = signedIn().run("gate", "dev");

    assertThat(gate.code()).isZero();
    assertThat(gate.out()).isEqualTo("verdict=broadening\n");
  }

  @Test
  void isNoneWithCredentialsThatHaveExpired() throws Exception {
    aws.expire();

    for (String environment : new String[] {"dev", "prod"}) {
      Ended gate = signedIn().run("gate", environment);

      assertThat(gate.code()).isEqualTo(1);
      assertThat(gate.out()).isEmpty();
      assertThat(gate.lastLine())
          .isEqualTo(
              "gate: no verdict, because the difference of SparkConnect-%s was not found: the AWS credentials have expired; sign in again, or let the CI take new ones"
                  .formatted(environment));
    }
  }

  @Test
  void isNoneForWhoMayNotBecomeTheLookupRole() throws Exception {
    aws.refuseRoles();

    Ended gate = signedIn().run("gate", "dev");

    assertThat(gate.code()).isEqualTo(1);
    assertThat(gate.out()).isEmpty();
    assertThat(gate.lastLine())
        .isEqualTo(
            "gate: no verdict, because the difference of SparkConnect-dev was not found: the AWS"
                + " credentials may not become"
                + " arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-eu-west-1;"
                + " take those that may, or bootstrap account and Region if nobody has");
  }

  @Test
  void isNoneForNobody() throws Exception {
    Ended gate = unpacked.run("gate", "dev");

    assertThat(gate.code()).isEqualTo(1);
    assertThat(gate.out()).isEmpty();
    assertThat(gate.lastLine())
        .endsWith(
            "there are no AWS credentials; sign in, or let the CI become the role of this"
                + " environment");
  }

  /** The verdict against what was deployed before, which is today's template but for a change. */
  private Ended against(Consumer<ObjectNode> change) throws Exception {
    JsonNode template = JSON.readTree(assembly.resolve("SparkConnect-dev.template.json").toFile());
    change.accept((ObjectNode) template.get("Resources"));
    unpacked.write("deployed.json", template.toString());
    return unpacked.run("gate", "dev", "--against", "deployed.json");
  }

  private Unpacked signedIn() {
    return unpacked.signedIn(aws);
  }

  private static void withoutAPermission(ObjectNode resources) {
    JsonNode policy = only(resources, "AWS::IAM::Policy", "NetworkVpcRejected");
    ((ArrayNode) policy.at("/Properties/PolicyDocument/Statement")).removeAll();
  }

  private static void withAnotherName(ObjectNode resources) {
    JsonNode application = only(resources, "AWS::EMRServerless::Application", "");
    ((ObjectNode) application.get("Properties")).put("Name", "another");
  }

  private static JsonNode only(ObjectNode resources, String type, String id) {
    return resources.properties().stream()
        .filter(resource -> resource.getKey().startsWith(id))
        .map(Map.Entry::getValue)
        .filter(resource -> type.equals(resource.path("Type").asText()))
        .findFirst()
        .orElseThrow();
  }
}
