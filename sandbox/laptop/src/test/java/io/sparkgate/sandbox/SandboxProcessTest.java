package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell sees of the sandbox when it is given something wrong: one line, and exit code 2. */
class SandboxProcessTest {

  private static final String TEMPLATE =
      """
      {"Resources": {
        "App": {"Type": "AWS::EMRServerless::Application", "Properties": {
          "Type": "SPARK", "ReleaseLabel": "emr-7.13.0",
          "InteractiveConfiguration": {"SessionEnabled": true}}},
        "Execution": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {
          "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": "emr-serverless.amazonaws.com"}}]}}}
      }}
      """;

  @TempDir Path directory;

  @Test
  void saysThatATemplateIsMissing() throws Exception {
    assertRejected("missing.json", run("--template", directory.resolve("missing.json").toString()));
  }

  @Test
  void saysWhereJsonIsMalformed() throws Exception {
    assertRejected("line 1", run("--template", template("{\"Resources\": ").toString()));
  }

  @Test
  void saysThatATemplateHasNoApplication() throws Exception {
    assertRejected(
        "AWS::EMRServerless::Application",
        run(
            "--template",
            template("{\"Resources\": {\"Topic\": {\"Type\": \"AWS::SNS::Topic\"}}}").toString()));
  }

  @Test
  void saysWhatTheServiceWouldRefuseOfAnApplication() throws Exception {
    assertRejected(
        "the service would refuse the template's application: ",
        run(
            "--port",
            "0",
            "--template",
            template(TEMPLATE.replace("emr-7.13.0", "emr 7.13.0")).toString()));
  }

  @Test
  void saysThatAnOptionIsUnknown() throws Exception {
    assertRejected("unknown option --faster", run("--faster"));
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertRejected(
          "port " + port + " is taken; stop what listens there, or choose another with --port",
          run("--template", template(TEMPLATE).toString(), "--port", port));
    }
  }

  @Test
  void saysWhoHoldsTheWorkFolder() throws Exception {
    String template = template(TEMPLATE).toString();
    try (WorkFolder other = WorkFolder.take(directory.resolve("work"))) {
      other.listensOn(4466);

      assertRejected(
          "--work %s is in use by another sandbox (process %d, API on port 4466, since "
              .formatted(other.directory(), ProcessHandle.current().pid()),
          run("--template", template, "--port", "0"));
      assertRejected(
          "stop that one, or choose another folder with --work DIR",
          run("--template", template, "--port", "0"));
    }
  }

  @Test
  void takesTheWorkFolderOfASandboxThatWasKilled() throws Exception {
    Process killed = command("--template", template(TEMPLATE).toString(), "--port", "0").start();
    try (BufferedReader output = killed.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.lines().anyMatch(line -> line.startsWith("Ctrl-C"))).isTrue();
    } finally {
      killed.destroyForcibly().waitFor();
    }
    WorkFolder.take(directory.resolve("work")).close();
  }

  private record Result(int exitCode, List<String> lines) {}

  private static void assertRejected(String what, Result result) {
    assertThat(result.lines()).singleElement().asString().startsWith("sandbox: ").contains(what);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  private Path template(String json) throws IOException {
    return Files.writeString(directory.resolve("template.json"), json);
  }

  private Result run(String... arguments) throws Exception {
    Process process = command(arguments).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output.lines().toList());
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Sandbox.class.getName(),
                "--work",
                directory.resolve("work").toString()));
    command.addAll(List.of(arguments));
    if (Runtime.version().feature() >= 24) {
      // As the manifest of the jar has it.
      command.add(1, "--enable-native-access=ALL-UNNAMED");
    }
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
