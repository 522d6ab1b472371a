package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateAccessTest {

  private static final String DEVELOPER = "DeveloperRole745A238E";

  private final Blueprint blueprint = Resources.personas();
  private final TemplateAccess access = new TemplateAccess(blueprint);

  @Test
  void signsInAsARoleOfTheTemplate() {
    Credentials alice =
        access.issue(DEVELOPER, "alice", "alice@example.com", Map.of("team", "data"));

    assertThat(alice.accessKeyId()).matches("AKIA[A-Z0-9]{16}");
    assertThat(alice.secretAccessKey()).hasSize(40);
    assertThat(alice.identity().arn())
        .matches("arn:aws:sts::444455556666:assumed-role/SparkConnect-personas-Dev[^/]+/alice");
    assertThat(alice.identity().userId()).matches("AROA[A-Z2-7]{17}:alice");
    assertThat(alice.identity().sourceIdentity()).isEqualTo("alice@example.com");
    assertThat(access.identify(alice.accessKeyId())).contains(alice.identity());
  }

  @Test
  void givesEachPersonTheSameKeyEachTimeAndNoOther() {
    Credentials alice = access.issue(DEVELOPER, "alice");

    assertThat(new TemplateAccess(blueprint).issue(DEVELOPER, "alice")).isEqualTo(alice);
    assertThat(access.issue(DEVELOPER, "bob").accessKeyId()).isNotEqualTo(alice.accessKeyId());
  }

  @Test
  void signsInAsARoleThatTheTemplateLacks() throws Exception {
    JsonNode statement =
        new ObjectMapper()
            .readTree(
                """
                {"Effect": "Allow", "Action": "emr-serverless:Get*", "Resource": "*"}
                """);

    Identity olga = access.issue("Operator", "olga", List.of(statement)).identity();

    assertThat(olga.arn()).isEqualTo("arn:aws:sts::444455556666:assumed-role/Operator/olga");
    assertThat(olga.userId()).matches("AROA[A-Z0-9]{17}:olga");
    assertThat(access.denial(olga, Action.on("emr-serverless:GetSession", "arn", Map.of())))
        .isEmpty();
    assertThat(access.denial(olga, Action.on("emr-serverless:StartSession", "arn", Map.of())))
        .isPresent();
  }

  @Test
  void knowsNobodyElse() {
    assertThat(access.identify("AKIAUNKNOWN")).isEmpty();
    Identity stranger = new Identity("AKIAUNKNOWN", "arn:x", "x", "", Map.of());
    assertThat(access.denial(stranger, Action.on("emr-serverless:GetSession", "arn", Map.of())))
        .isPresent();
    assertThatThrownBy(() -> access.issue("Nobody", "x"))
        .hasMessageStartingWith("the template has no role Nobody; it has [");
  }
}
