package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the pipeline runs what can be run without it too. */
class PipelineFilesTest {

  private static final Pattern COMMAND =
      Pattern.compile("sh pipeline/(build|codebuild \\S+ \\S+ \\S+ (\\w+))");

  @Test
  void runsOnlyCommandsThatAreFilesOfTheRepository() {
    Set<String> run = new TreeSet<>();
    for (String project : PipelineTemplate.projects().keySet()) {
      for (String command : PipelineTemplate.commands(project)) {
        if (!command.matches("tar -xf assembly\\.tar|export \"\\$line\"")) {
          Matcher known = COMMAND.matcher(command.replaceAll("^line=\\$\\((.*)\\)$", "$1"));
          assertThat(known.matches()).as(command).isTrue();
          run.add(known.group(2) == null ? "build" : known.group(2));
        }
      }
    }

    assertThat(run).containsExactly("build", "deploy", "gate", "smoke");
    run.add("codebuild");
    assertThat(run).allSatisfy(file -> assertThat(Path.of("../pipeline", file)).isExecutable());
  }
}
