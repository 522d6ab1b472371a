package io.sparkgate.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.codebuild.BuildSpec;

/**
 * What a project runs: commands of {@code pipeline/}, and nothing that is not there. Ordered, for a
 * build spec is a text in the template. By {@code sh}, because it is not known whether CodePipeline
 * keeps the bits that make a file executable.
 */
final class PipelineBuildSpec {

  private static final String UNPACK = "tar -xf assembly.tar";

  /** Left unnamed, CodeBuild chooses, and may choose another one tomorrow. */
  private enum Runtime {
    JAVA("java", "corretto17"),
    NODE("nodejs", "24"),
    PYTHON("python", "3.11");

    private final String name;
    private final String version;

    Runtime(String name, String version) {
      this.name = name;
      this.version = version;
    }
  }

  private final Map<String, Object> spec = new LinkedHashMap<>();

  private PipelineBuildSpec(List<Runtime> runtimes, List<String> commands) {
    Map<String, Object> versions = new LinkedHashMap<>();
    runtimes.forEach(runtime -> versions.put(runtime.name, runtime.version));
    Map<String, Object> phases = new LinkedHashMap<>();
    phases.put("install", Map.of("runtime-versions", versions));
    phases.put("build", Map.of("commands", commands));
    spec.put("version", "0.2");
    spec.put("phases", phases);
  }

  static BuildSpec build() {
    PipelineBuildSpec build =
        new PipelineBuildSpec(List.of(Runtime.values()), List.of("sh pipeline/build"));
    build.spec.put("artifacts", Map.of("files", List.of("assembly.tar")));
    // Only what this project downloaded itself comes back, and only on a host that had it before.
    build.spec.put("cache", Map.of("paths", List.of("/root/.m2/**/*", "/root/.npm/**/*")));
    return BuildSpec.fromObject(build.spec);
  }

  /** The variable tells whether somebody must approve; an assignment alone keeps the exit code. */
  static BuildSpec gate(String command) {
    PipelineBuildSpec gate =
        new PipelineBuildSpec(
            List.of(Runtime.NODE),
            List.of(UNPACK, "line=$(%s)".formatted(command), "export \"$line\""));
    gate.spec.put("env", Map.of("exported-variables", List.of("verdict")));
    return BuildSpec.fromObject(gate.spec);
  }

  static BuildSpec deploy(String command) {
    return BuildSpec.fromObject(
        new PipelineBuildSpec(List.of(Runtime.NODE), List.of(UNPACK, command)).spec);
  }

  static BuildSpec smoke(String command) {
    return BuildSpec.fromObject(
        new PipelineBuildSpec(List.of(Runtime.PYTHON), List.of(UNPACK, command)).spec);
  }

  /**
   * A command in the account and Region of an environment.
   *
   * @param role what it becomes there
   */
  static String entering(String environment, String region, String role) {
    return "sh pipeline/codebuild %s %s %s".formatted(environment, region, role);
  }
}
