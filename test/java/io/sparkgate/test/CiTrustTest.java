package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.iam.RoleSession;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Blueprints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a CI may become, by the policies of the template; the jobs of GitHub cannot be played. */
class CiTrustTest {

  private static final String MAY =
      "{\"Effect\":\"Allow\",\"Action\":\"sts:*\",\"Resource\":\"*\"}";

  @TempDir static Path directory;
  private static Blueprint dev;

  private final LiveAccess access = new LiveAccess();

  @BeforeAll
  static void synthesize() throws Exception {
    Synthesized.full(directory);
    dev =
        Blueprints.read(
            directory.resolve("SparkConnect-dev.template.json"), Optional.empty(), remark -> {});
  }

  /** So the next smoke test is the same owner, and can end what this one leaves over. */
  @Test
  void theDeployRoleBecomesADeveloperUnderTheNameThatItHas() {
    Identity deploy = sessionOf("CiDeploy");

    assertThat(denial(deploy, "DeveloperRole", "sparkgate-dev")).isEmpty();
    assertThat(denial(deploy, "DeveloperRole", "alice@example.com"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("no role trust policy allows"));
  }

  @Test
  void theGateRoleBecomesNoDeveloper() {
    assertThat(denial(sessionOf("CiGate"), "DeveloperRole", "sparkgate-dev"))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("no identity-based policy allows"));
  }

  @Test
  void onlyTheProjectsRoleOfThePipelinesAccountBecomesTheDeployRole() throws IOException {
    String project = ":role/SparkgatePipeline-dev-Deploy";

    assertThat(denialOf("arn:aws:iam::999988887777" + project)).isEmpty();
    assertThat(denialOf("arn:aws:iam::111122223333" + project)).isPresent();
    assertThat(denialOf("arn:aws:iam::999988887777:role/SparkgatePipeline-prod-Deploy"))
        .isPresent();
    assertThat(denialOf("arn:aws:iam::999988887777:role/Admin")).isPresent();
    assertThat(denialOf("arn:aws:iam::999988887777" + project, "alice@example.com")).isPresent();
  }

  private Optional<String> denialOf(String caller) throws IOException {
    return denialOf(caller, "sparkgate-dev");
  }

  private Optional<String> denialOf(String caller, String sessionName) throws IOException {
    List<JsonNode> may = List.of(new ObjectMapper().readTree(MAY));
    return denial(
        access.issue(caller, "AWSCodeBuild-1", () -> may).identity(), "CiDeploy", sessionName);
  }

  private Optional<String> denial(Identity caller, String role, String sessionName) {
    return access.denial(
        caller, role(principal(role)), new RoleSession(sessionName, "", Map.of(), ""));
  }

  private Identity sessionOf(String role) {
    Principal principal = principal(role);
    return access.issue(principal.arn(), "sparkgate-dev", principal::statements).identity();
  }

  private static Role role(Principal role) {
    return new Role(
        role.arn(), role.uniqueId(), role.trust(), role.maxSessionDuration(), role::statements);
  }

  private static Principal principal(String id) {
    return dev.principals().values().stream()
        .filter(role -> role.logicalId().matches(id + "[0-9A-F]{8}"))
        .findFirst()
        .orElseThrow();
  }
}
