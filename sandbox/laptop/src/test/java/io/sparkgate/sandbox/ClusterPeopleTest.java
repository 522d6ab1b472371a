package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.spark.ClientCertificates;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.ClusterAssembly;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPeopleTest {

  @TempDir Path directory;

  private final List<String> remarks = new ArrayList<>();
  private ClusterAssembly assembly;

  @BeforeEach
  void copy() throws Exception {
    assembly = ClusterAssembly.in(directory);
  }

  private List<Persona> people(TemplateAccess access, Blueprint blueprint) {
    return new Personas(blueprint, access).signIn(remarks::add);
  }

  @Test
  void usersBecomeTheRoleOfTheContractUnderTheirOwnNames() throws Exception {
    Blueprint blueprint = assembly.read(remark -> {});
    List<Persona> people = people(new TemplateAccess(blueprint), blueprint);

    assertThat(people).extracting(Persona::name).containsExactly("alice", "bob");
    assertThat(people)
        .extracting(Persona::roleToAssume)
        .containsOnly(blueprint.principals().get("DataScientist").arn());
    assertThat(remarks).isEmpty();
  }

  @Test
  void withoutARoleForPeopleTheyMayReadTheContractAndTheToken() throws Exception {
    assembly.with("P7", "X7").with("developer-role-arn", "none").with("\"AWS\"", "\"Federated\"");
    Blueprint blueprint = assembly.read(remark -> {});
    var access = new TemplateAccess(blueprint);
    Persona alice = people(access, blueprint).get(0);

    assertThat(alice.roleToAssume()).isEmpty();
    assertThat(alice.credentials().identity().arn()).endsWith(":user/alice");
    String secret = blueprint.cluster().orElseThrow().install().option("--secret").orElseThrow();
    assertThat(denial(access, alice, "secretsmanager:GetSecretValue", secret)).isEmpty();
    assertThat(
            denial(
                access,
                alice,
                "ssm:GetParameters",
                blueprint.parameterArn("/sparkgate/dev-cluster/endpoint")))
        .isEmpty();
    assertThat(denial(access, alice, "ssm:StartSession", "*")).isPresent();
    assertThat(remarks)
        .containsExactly(
            "no role of the template is for people, so alice and bob are in none, and may read the"
                + " cluster's contract and token as if an administrator had let them");
  }

  private static Optional<String> denial(
      TemplateAccess access, Persona who, String action, String resource) {
    return access.denial(who.credentials().identity(), Action.on(action, resource, Map.of()));
  }

  @Test
  void aRoleThatTrustsNoUserByNameIsTheirsAlready() throws Exception {
    assembly.with("${aws:username}", "somebody");
    Blueprint blueprint = assembly.read(remark -> {});
    Persona bob = people(new TemplateAccess(blueprint), blueprint).get(1);

    assertThat(bob.roleToAssume()).isEmpty();
    assertThat(bob.credentials().identity().arn()).contains("-DataScientist-").endsWith("/bob");
    assertThat(remarks)
        .containsExactly(
            "role DataScientist trusts no IAM user under its own name, so alice and bob are in it"
                + " already");
  }

  @Test
  void theirFilesHaveTheirCertificatesAndTheWayToTheTunnelsProgram() throws Exception {
    Blueprint blueprint = assembly.mutualTls().read(remark -> {});
    Persona alice = people(new TemplateAccess(blueprint), blueprint).get(0);
    var clients = ClientCertificates.in(directory.resolve("tls"), List.of("alice"), Instant.now());
    Path file =
        new EnvironmentFile(
                blueprint,
                URI.create("http://127.0.0.1:1"),
                Telemetry.endpoints(
                    URI.create("http://127.0.0.1:1"),
                    Optional.of(URI.create("http://127.0.0.1:9"))),
                2,
                directory.resolve("ca.pem"),
                Optional.of(clients),
                Optional.of(directory.resolve("bin")),
                Map.of())
            .write(alice, directory);

    assertThat(Files.readString(file))
        .contains(
            "export SPARKGATE_CLIENT_CERTIFICATE='%s'\n".formatted(clients.certificate("alice")),
            "export SPARKGATE_CLIENT_KEY='%s'\n".formatted(clients.key("alice")),
            "export SPARKGATE_ENVIRONMENT='dev-cluster'\n",
            "export AWS_ENDPOINT_URL_SECRETS_MANAGER='http://127.0.0.1:1'\n");
    Process shell =
        new ProcessBuilder("sh", "-ec", ". '%1$s'; . '%1$s'; printf %%s \"$PATH\"".formatted(file))
            .start();
    assertThat(new String(shell.getInputStream().readAllBytes()))
        .startsWith(directory.resolve("bin") + ":")
        .as("once")
        .containsOnlyOnce(directory.resolve("bin").toString());
  }

  @Test
  void theProgramSaysItsVersionInTheShapeOfAwsOwn() throws Exception {
    Path folder = PluginFile.in(directory.resolve("bin"));
    Process plugin =
        new ProcessBuilder(folder.resolve("session-manager-plugin").toString(), "--version")
            .start();

    assertThat(new String(plugin.getInputStream().readAllBytes()).strip())
        .matches("\\d+(\\.\\d+){3}");
    assertThat(plugin.waitFor()).isZero();
  }
}
