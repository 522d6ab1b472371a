package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.ClusterBlueprint.InstallStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the step that installs the server, and the files of the assembly that it names. */
final class InstallSteps {

  /** bash, its -c, the line that fetches the script, and the name that the line gives itself. */
  private static final int BEFORE_SCRIPT = 4;

  private static final Pattern FILE =
      Pattern.compile("(s3://[^/#]+/(?:[^#]*/)?([^/#]+))(#[0-9a-f]{64})?");

  private final Template template;
  private final Resolver resolver;

  InstallSteps(Template template, Resolver resolver) {
    this.template = template;
    this.resolver = resolver;
  }

  InstallStep find(String cluster, String clusterId) throws BadInput {
    for (String id : template.ofType("AWS::EMR::Step")) {
      if (resolver.property(id, "JobFlowId").asText().equals(clusterId)) {
        List<String> arguments = new ArrayList<>();
        for (JsonNode argument : resolver.property(id, "HadoopJarStep").path("Args")) {
          arguments.add(argument.asText());
        }
        if (installs(arguments)) {
          return new InstallStep(id, List.copyOf(arguments), files(id, arguments));
        }
      }
    }
    throw template.problem(
        "cluster %s has no AWS::EMR::Step that installs Spark Connect on it by a script (bash -c … install s3://… --port N), and the sandbox plays no other; make it with SparkConnectCluster",
        cluster);
  }

  private static boolean installs(List<String> arguments) {
    return arguments.size() > BEFORE_SCRIPT
        && arguments.get(0).equals("bash")
        && FILE.matcher(arguments.get(BEFORE_SCRIPT)).matches()
        && arguments.contains("--port");
  }

  private Map<String, Path> files(String id, List<String> arguments) throws BadInput {
    Map<String, Path> files = new TreeMap<>();
    for (String argument : arguments) {
      Matcher file = FILE.matcher(argument);
      if (file.matches()) {
        files.put(file.group(1), asset(id, file.group(2)));
      }
    }
    return files;
  }

  /** The CDK names a file of the assembly as its object in the bucket, with a prefix. */
  private Path asset(String step, String name) throws BadInput {
    Path file = template.file().resolveSibling("asset." + name).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw template.problem(
          "step %s runs %s, which is not beside the template; name the cdk.out directory that it was synthesized to",
          step, file.getFileName());
    }
    return file;
  }
}
