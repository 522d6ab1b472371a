package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.test.pipeline.Workflows.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the workflows of GitHub hold to. That they are valid is actionlint's, in LintersTest. */
class WorkflowsTest {

  private static final Pattern PINNED =
      Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40}|\\./\\.github/workflows/\\w+\\.yml");

  /** What a step may run: a command of ours, or what brings its surroundings. */
  private static final Pattern THIN =
      Pattern.compile(
          "exec \\./(pipeline/\\w+|mvnw)( [^;&|]*)?"
              + "|tar -xf assembly\\.tar"
              + "|python -m pip install [\\w -]*-r \\.github/\\w+\\.txt"
              + "|gh release create [^;&|]*"
              + "|GOBIN=\\S+ go install [\\w./-]+@v[\\d.]+"
              + "|echo \"[^\"]*\"");

  private static final Pattern COMMAND = Pattern.compile("\\./(pipeline/\\w+|mvnw)");

  private static Workflows workflows;

  @BeforeAll
  static void read() throws IOException {
    workflows = Workflows.read();
  }

  @Test
  void useWhatNobodyCanChange() {
    assertThat(workflows.jobs())
        .allSatisfy(
            job -> {
              if (job.content().has("uses")) {
                assertThat(job.content().get("uses").asText()).as(job.name()).matches(PINNED);
              }
              assertThat(job.steps().stream().filter(step -> step.has("uses")))
                  .as(job.name())
                  .allSatisfy(step -> assertThat(step.get("uses").asText()).matches(PINNED));
            });
  }

  @Test
  void sayTheVersionOfEachCommit() {
    assertThat(workflows.byFile().keySet())
        .allSatisfy(
            file ->
                assertThat(Workflows.lines(file).stream().filter(line -> line.contains("@")))
                    .filteredOn(line -> line.contains("uses:"))
                    .as(file)
                    .allMatch(line -> line.matches(".*@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+")));
  }

  @Test
  void runCommandsThatAnyCiCanCall() {
    for (Job job : workflows.jobs()) {
      for (JsonNode step : job.steps()) {
        for (String line : step.path("run").asText().lines().toList()) {
          assertThat(line).as(job.name()).matches(THIN);
          // A value that somebody else chose would be run as part of the script.
          assertThat(line).as(job.name()).doesNotContain("${{");
          Matcher command = COMMAND.matcher(line);
          if (command.find()) {
            assertThat(Unpacked.ROOT.resolve(command.group(1))).as(job.name()).isExecutable();
          }
        }
      }
    }
  }

  @Test
  void areNotTheOnlyOnesThatCallThem() throws IOException {
    JsonNode gitlab = Workflows.parse(Unpacked.ROOT.resolve("docs/pipeline/gitlab-ci.yml"));
    List<String> called = new ArrayList<>();
    for (JsonNode job : gitlab) {
      job.path("script").forEach(line -> called.add(line.asText()));
    }

    assertThat(called)
        .containsExactly(
            "./pipeline/build",
            "./pipeline/deploy dev",
            "./pipeline/smoke dev",
            "./pipeline/gate prod > verdict.env",
            "test \"$verdict\" = nothing",
            "./pipeline/deploy prod",
            "./pipeline/smoke prod");
  }

  @Test
  void startWithoutAnyPermission() {
    assertThat(workflows.byFile())
        .allSatisfy(
            (file, workflow) -> {
              assertThat(workflow.path("permissions").isObject()).as(file).isTrue();
              assertThat(workflow.path("permissions")).as(file).isEmpty();
            });
  }

  /** Whoever may ask for an id token may become a role of AWS. */
  @Test
  void askForAnIdTokenOnlyWhereTheyBecomeARole() {
    for (Job job : workflows.jobs()) {
      boolean becomes =
          job.content().has("uses")
              || job.steps().stream()
                  .anyMatch(
                      step -> step.path("uses").asText().startsWith("aws-actions/configure-aws"));
      assertThat("write".equals(job.content().at("/permissions/id-token").asText()))
          .as(job.name())
          .isEqualTo(becomes);
      if (becomes && !job.content().has("uses")) {
        assertThat(job.content().has("environment")).as(job.name()).isTrue();
      }
    }
  }

  @Test
  void giveNoIdTokenToPullRequests() {
    assertThat(workflows.byFile())
        .allSatisfy(
            (file, workflow) -> {
              assertThat(workflow.at("/on/pull_request_target").isMissingNode()).isTrue();
              if (workflow.path("on").has("pull_request")) {
                assertThat(workflow.toString()).as(file).doesNotContain("id-token");
              }
            });
  }

  @Test
  void leaveNoCredentialsOfGitBehind() {
    for (Job job : workflows.jobs()) {
      assertThat(job.steps().stream())
          .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
          .as(job.name())
          .allMatch(step -> !step.at("/with/persist-credentials").asBoolean(true));
    }
  }

  @Test
  void cancelNoDeployment() {
    for (String file : List.of("deploy.yml", "drift.yml")) {
      assertThat(workflows.file(file).at("/concurrency/cancel-in-progress").asBoolean(true))
          .as(file)
          .isFalse();
    }
  }

  @Test
  void promoteInTheOrderOfTheApp() throws IOException {
    String before = "build";
    for (String environment : promoted()) {
      JsonNode job = workflows.file("deploy.yml").at("/jobs/" + environment);
      assertThat(job.get("needs").asText()).as(environment).isEqualTo(before);
      assertThat(job.at("/with/environment").asText()).isEqualTo(environment);
      before = environment;
    }

    requirePromotion(
        promoted(),
        "deploy.yml deploys",
        "remove the jobs of others and add those that lack, in this order");
  }

  @Test
  void lookForDriftInEachEnvironment() throws IOException {
    List<String> looked = new ArrayList<>();
    workflows
        .file("drift.yml")
        .at("/jobs/drift/strategy/matrix/environment")
        .forEach(name -> looked.add(name.asText()));

    requirePromotion(looked, "drift.yml looks at", "give its matrix these environments");
  }

  /** Whoever changes cdk.json is told what else to change. */
  private static void requirePromotion(List<String> found, String says, String toDo)
      throws IOException {
    List<String> promotion = Workflows.promotion();
    assertThat(found)
        .withFailMessage(
            ".github/workflows/%s %s, but the promotion of cdk.json is %s; %s, or change"
                + " \"promotion\" in cdk.json",
            says, String.join(", ", found), String.join(", ", promotion), toDo)
        .isEqualTo(promotion);
  }

  /** The environments that have a job, in the order of their jobs. */
  private static List<String> promoted() {
    return workflows.file("deploy.yml").get("jobs").properties().stream()
        .filter(job -> job.getValue().has("uses"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All but the first, which is where a change is tried. */
  @Test
  void gateWhatComesAfterTheFirstEnvironment() {
    for (String environment : promoted()) {
      assertThat(
              workflows
                  .file("deploy.yml")
                  .at("/jobs/" + environment + "/with/gated")
                  .asBoolean(false))
          .as(environment)
          .isEqualTo(!environment.equals(promoted().get(0)));
    }
  }

  @Test
  void letNothingPastTheGateButWhatItFoundHarmlessOrSomebodyApproved() {
    JsonNode jobs = workflows.file("environment.yml").get("jobs");

    assertThat(jobs.at("/gate/environment").asText()).endsWith("}}-gate");
    assertThat(jobs.at("/approve/environment").asText()).endsWith("}}-approval");
    assertThat(jobs.at("/approve/needs").asText()).isEqualTo("gate");
    assertThat(condition(jobs.get("approve")))
        .isEqualTo(
            "!cancelled() && needs.gate.result == 'success'"
                + " && needs.gate.outputs.verdict != 'nothing'");
    assertThat(jobs.at("/deploy/environment").asText()).isEqualTo("${{ inputs.environment }}");
    assertThat(jobs.at("/deploy/needs").toString()).isEqualTo("[\"gate\",\"approve\"]");
    assertThat(condition(jobs.get("deploy")))
        .isEqualTo(
            "!cancelled() && (!inputs.gated || (needs.gate.result == 'success'"
                + " && (needs.gate.outputs.verdict == 'nothing'"
                + " || needs.approve.result == 'success')))");
  }

  /**
   * Without a condition of its own a job is skipped after any that was, as a gate that nobody
   * asked.
   */
  @Test
  void goOnAfterAnEnvironmentWithoutAGate() {
    List<String> promoted = promoted();
    for (int i = 1; i < promoted.size(); i++) {
      JsonNode job = workflows.file("deploy.yml").at("/jobs/" + promoted.get(i));
      assertThat(condition(job))
          .isEqualTo("!cancelled() && needs.%s.result == 'success'".formatted(promoted.get(i - 1)));
    }
  }

  private static String condition(JsonNode job) {
    return job.path("if").asText().replaceFirst("^\\$\\{\\{ (.*) }}$", "$1");
  }

  @Test
  void smokeWhatTheyDeploy() {
    assertThat(workflows.jobs().stream().filter(job -> job.runs("pipeline/deploy")))
        .isNotEmpty()
        .allMatch(
            job -> {
              String runs =
                  job.steps().stream().map(step -> step.path("run").asText()).toList().toString();
              return runs.indexOf("pipeline/deploy") < runs.indexOf("pipeline/smoke");
            });
  }

  @Test
  void checkOnTheJdkThatDeploysAndOnTheNewest() {
    JsonNode check = workflows.file("check.yml").at("/jobs/check");

    assertThat(check.at("/strategy/matrix/java").toString()).isEqualTo("[\"17\",\"25\"]");
    assertThat(new Job("check", check).runs("exec ./mvnw -B verify")).isTrue();
    assertThat(workflows.file("check.yml").get("on").has("pull_request")).isTrue();
  }
}
