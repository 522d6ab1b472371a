package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.template.Blueprint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who are in no role yet. */
class UsersTest {

  @Test
  void submitAsThemselvesByAProfileOfTheSubmittersRole(@TempDir Path directory) throws Exception {
    String submit = PersonasTest.START.replace("StartSession", "StartJobRun");
    Blueprint blueprint =
        PersonasTest.withContract(
            PersonasTest.role(
                "Dev", PersonasTest.START.formatted(PersonasTest.owner("${aws:userid}"))),
            PersonasTest.role("Submit", submit.formatted(PersonasTest.owner("${aws:userid}"))));
    TemplateAccess access = new TemplateAccess(blueprint);
    Persona alice = new Personas(blueprint, access).signIn(remark -> {}).get(2);

    Path file = PersonasTest.environment(blueprint, directory).write(alice, directory);

    assertThat(alice.name()).isEqualTo("alice");
    assertThat(Path.of(PersonasTest.sourced(file, "AWS_CONFIG_FILE")))
        .content()
        .contains("\n\n[profile spark]\nrole_arn = arn:aws:iam::111122223333:role/Dev\n")
        .contains("\n\n[profile submitter]\nrole_arn = arn:aws:iam::111122223333:role/Submit\n");
    assertThat(access.denial(alice.credentials().identity(), assumes("Submit"))).isEmpty();
    assertThat(access.denial(alice.credentials().identity(), assumes("Other"))).isPresent();
  }

  private static Action assumes(String role) {
    return new Action(
        "sts:AssumeRole",
        "arn:aws:iam::111122223333:role/" + role,
        Map.of(),
        List.of(),
        Map.of(),
        Map.of());
  }
}
