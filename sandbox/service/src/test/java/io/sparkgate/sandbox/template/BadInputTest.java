package io.sparkgate.sandbox.template;

import static io.sparkgate.sandbox.template.Resources.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake is answered by one line: the file, what was found, what to do. */
class BadInputTest {

  private static final Optional<String> NONE = Optional.empty();

  @TempDir Path directory;

  @Test
  void nothingThere() {
    Path file = directory.resolve("cdk.out");
    assertThat(error(file, NONE))
        .isEqualTo(
            file
                + ": there is no such file or directory; synthesize with ./cdkw synth and name its"
                + " cdk.out, or name a *.template.json");
  }

  @Test
  void aDirectoryThatIsNoAssembly() {
    assertThat(error(directory, NONE))
        .startsWith(directory + ": this directory has no manifest.json, so it is no cdk.out");
  }

  @Test
  void severalStacksAndNoneNamed() {
    assertThat(error(Resources.assembly(), NONE))
        .endsWith(
            "manifest.json: lists several environments: dev, personas; choose one with --env");
  }

  @Test
  void anUnknownEnvironment() {
    assertThat(error(Resources.assembly(), Optional.of("prod")))
        .endsWith("manifest.json: there is no environment 'prod'; there are: dev, personas");
  }

  @Test
  void anAssemblyWithoutStacks() {
    file(directory, "manifest.json", "{\"artifacts\": {}}");
    assertThat(error(directory, NONE)).endsWith("lists no stack; name the template itself");
  }

  @Test
  void anEnvironmentOfAFile() {
    Path file = file(directory, "a.template.json", "{}");
    assertThat(error(file, Optional.of("dev"))).contains("environment 'dev'", "this is a file");
  }

  @Test
  void malformedJson() {
    Path file = file(directory, "a.template.json", "{", "  \"Resources\": }");
    assertThat(error(file, NONE))
        .startsWith(file + ", line 2, column 17: this is not JSON (Unexpected character ('}'")
        .endsWith("; synthesize it again with ./cdkw synth, YAML is not read");
  }

  @Test
  void yaml() {
    Path file = file(directory, "a.yaml", "Resources:", "  App:");
    assertThat(error(file, NONE)).contains("line 1", "Unrecognized token 'Resources'", "YAML");
  }

  @Test
  void anEmptyFile() throws IOException {
    Path file = Files.createFile(directory.resolve("a.template.json"));
    assertThat(error(file, NONE)).startsWith(file + ": the file is empty");
  }

  @Test
  void jsonThatIsNoTemplate() {
    Path file = file(directory, "a.json", "{\"name\": \"x\"}");
    assertThat(error(file, NONE))
        .isEqualTo(
            file
                + ": this is JSON but no CloudFormation template, for it has no \"Resources\"; name"
                + " a cdk.out directory or a *.template.json");
  }

  @Test
  void aTemplateWithoutAnApplication() {
    Path file = template("\"B\": {\"Type\": \"AWS::S3::Bucket\"}");
    assertThat(error(file, NONE))
        .isEqualTo(
            file
                + ": deploys no AWS::EMRServerless::Application and no AWS::EMR::Cluster, only"
                + " [AWS::S3::Bucket]; name the template of a Spark Connect platform");
  }

  @Test
  void anApplicationWithoutAnExecutionRole() {
    Path file = template(application("App", "\"ReleaseLabel\": \"emr-7.13.0\""));
    assertThat(error(file, NONE))
        .isEqualTo(
            file
                + ": has no role that emr-serverless.amazonaws.com may assume, so sessions have"
                + " nothing to run as; add a SessionExecutionRole to the stack");
  }

  @Test
  void severalApplications() {
    Path file = template(application("One", ""), application("Two", ""));
    assertThat(error(file, NONE)).contains("deploys several applications: One, Two;");
  }

  @Test
  void aReferenceToWhatIsNotThere() {
    Path file = template(application("App", "\"Name\": {\"Ref\": \"Gone\"}"));
    assertThat(error(file, NONE))
        .isEqualTo(file + ": refers to 'Gone', which is not in the template; synthesize it again");
    template(application("App", "\"Name\": {\"Fn::GetAtt\": [\"Gone\", \"Arn\"]}"));
    assertThat(error(file, NONE)).contains("attribute Arn of 'Gone', which is not in the template");
  }

  @Test
  void aFunctionThatIsNotPlayed() {
    Path file = template(application("App", "\"Name\": {\"Fn::If\": [\"C\", 1, 2]}"));
    assertThat(error(file, NONE)).contains("uses Fn::If, which the sandbox does not play");
  }

  @Test
  void aScheduleThatIsNotPlayed() throws IOException {
    Path assembly = Resources.assemblyWithJar(directory);
    Path template = assembly.resolve("SparkConnect-dev.template.json");
    Files.writeString(
        template, Files.readString(template).replace("rate(5 minutes)", "cron(0 9 * * ? *)"));
    assertThat(error(assembly, Optional.of("dev")))
        .isEqualTo(
            template
                + ": schedule SparkConnectReaperSchedule9DD890ED has the expression 'cron(0 9 * * ?"
                + " *)', but the sandbox plays only rate(N minutes), rate(N hours) and rate(N days)");
  }

  private Path template(String... resources) {
    return file(
        directory, "a.template.json", "{\"Resources\": {" + String.join(",", resources) + "}}");
  }

  private static String application(String id, String properties) {
    return "\"%s\": {\"Type\": \"AWS::EMRServerless::Application\", \"Properties\": {%s}}"
        .formatted(id, properties);
  }

  private static String error(Path input, Optional<String> environment) {
    BadInput error =
        catchThrowableOfType(
            BadInput.class, () -> Blueprints.read(input, environment, remark -> {}));
    assertThat(error.getMessage()).doesNotContain("\n");
    return error.getMessage();
  }
}
