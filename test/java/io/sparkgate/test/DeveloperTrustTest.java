package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.iam.RoleSession;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Blueprints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may become a developer, by the trust policy in the dev template. */
class DeveloperTrustTest {

  private static final String MAY =
      "{\"Effect\":\"Allow\",\"Action\":\"sts:*\",\"Resource\":\"*\"}";

  private final Blueprint dev = dev();
  private final LiveAccess access = new LiveAccess();
  private final Role developer = role(dev.principals().get("DeveloperRole745A238E"));

  @Test
  void anIamUserUnderItsOwnNameOnly() throws IOException {
    Identity alice = user("111122223333", "alice");

    assertThat(denial(alice, "alice")).isEmpty();
    assertThat(denial(alice, "bob"))
        .contains(
            ("User: arn:aws:iam::111122223333:user/alice is not authorized to perform:"
                    + " sts:AssumeRole on resource: %s because no role trust policy allows the"
                    + " sts:AssumeRole action")
                .formatted(developer.arn()));
  }

  @Test
  void aSessionOfAnotherRoleUnderTheNameThatItHas() throws IOException {
    Identity alice = session("alice@example.com");

    assertThat(denial(alice, "alice@example.com")).isEmpty();
    assertThat(denial(alice, "bob@example.com")).isPresent();
    assertThat(denial(alice, "example.com")).isPresent();
  }

  @Test
  void nobodyWhoseOwnPolicyDoesNotLetThem() {
    Identity alice = access.issueUser("arn:aws:iam::111122223333:user/alice", List.of()).identity();

    assertThat(denial(alice, "alice").orElse(""))
        .endsWith("because no identity-based policy allows the sts:AssumeRole action");
  }

  @Test
  void nobodyOfAnotherAccount() throws IOException {
    assertThat(denial(user("444455556666", "alice"), "alice")).isPresent();
  }

  private Optional<String> denial(Identity caller, String sessionName) {
    return access.denial(caller, developer, new RoleSession(sessionName, "", Map.of(), ""));
  }

  private Identity user(String account, String name) throws IOException {
    return access
        .issueUser(
            "arn:aws:iam::%s:user/%s".formatted(account, name),
            List.of(new ObjectMapper().readTree(MAY)))
        .identity();
  }

  private Identity session(String name) throws IOException {
    var may = List.of(new ObjectMapper().readTree(MAY));
    return access.issue("arn:aws:iam::111122223333:role/Data", name, () -> may).identity();
  }

  private static Role role(Principal role) {
    return new Role(
        role.arn(), role.uniqueId(), role.trust(), role.maxSessionDuration(), role::statements);
  }

  private static Blueprint dev() {
    try {
      return Blueprints.read(
          Path.of("resources/golden/SparkConnect-dev.json"), Optional.empty(), remark -> {});
    } catch (BadInput e) {
      throw new IllegalStateException(e);
    }
  }
}
