package io.sparkgate.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script of the step hears from AWS's command. */
class AwsCommandTest {
  private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:1:secret:token-a1b2c3";

  @TempDir Path directory;

  private record Said(int code, String text) {}

  @BeforeEach
  void prepare() throws Exception {
    ShellScript.of("aws.sh").with("folder", directory.toString()).write(directory.resolve("aws"));
    Path object = directory.resolve("s3/assets/a.jar");
    Files.createDirectories(object.getParent());
    Files.writeString(object, "the jar");
    Path secret = directory.resolve("secrets").resolve(SECRET);
    Files.createDirectories(secret.getParent());
    Files.writeString(secret, "the token\n");
  }

  private Said aws(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(directory.resolve("aws").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    return new Said(process.waitFor(), text);
  }

  @Test
  void copiesAnObjectThatTheAssemblyHas() throws Exception {
    Path to = directory.resolve("copy");

    assertThat(aws("s3", "cp", "--only-show-errors", "s3://assets/a.jar", to.toString()))
        .isEqualTo(new Said(0, ""));
    assertThat(to).hasContent("the jar");
  }

  @Test
  void tellsTheSecret() throws Exception {
    assertThat(
            aws(
                "secretsmanager",
                "get-secret-value",
                "--secret-id",
                SECRET,
                "--query",
                "SecretString",
                "--output",
                "text"))
        .isEqualTo(new Said(0, "the token\n"));
  }

  @Test
  void deniesWhatTheNodesRoleMayNot() throws Exception {
    Files.writeString(directory.resolve("s3/assets/a.jar.denied"), "User: x is not authorized\n");

    assertThat(aws("s3", "cp", "s3://assets/a.jar", directory.resolve("copy").toString()))
        .isEqualTo(
            new Said(
                254,
                "An error occurred (AccessDenied) when calling the GetObject operation: User: x is"
                    + " not authorized\n"));
  }

  @Test
  void knowsNothingElse() throws Exception {
    assertThat(aws("s3", "ls"))
        .isEqualTo(new Said(254, "the sandbox's primary node has no aws s3 ls\n"));
  }
}
