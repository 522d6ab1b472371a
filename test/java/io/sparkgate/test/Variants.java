package io.sparkgate.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The app's stack in shapes that the app does not offer. */
final class Variants {

  private Variants() {}

  /** The same stack as if the lifecycle had never been thought of. */
  static Synthesized without(Synthesized assembly, Path directory) throws IOException {
    return changed(
        assembly,
        directory,
        resources -> {
          List<String> lifecycle = new ArrayList<>();
          resources.fieldNames().forEachRemaining(lifecycle::add);
          lifecycle.removeIf(id -> !id.startsWith("SparkConnectLifecycle"));
          resources.remove(lifecycle);
          application(resources).remove("DependsOn");
        });
  }

  /** The app offers no name; the construct does. */
  static Synthesized renamed(Synthesized assembly, Path directory) throws IOException {
    return changed(
        assembly,
        directory,
        resources -> {
          application(resources).withObject("/Properties").put("Name", "spark");
          hook(resources).withObject("/Properties").put("Fingerprint", "0".repeat(64));
        });
  }

  private static Synthesized changed(
      Synthesized assembly, Path directory, Consumer<ObjectNode> change) throws IOException {
    Files.createDirectory(directory);
    for (Path file : assembly.files().toList()) {
      Path copy = directory.resolve(assembly.directory().relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    ObjectNode template = assembly.template(DeployedStack.NAME).deepCopy();
    change.accept((ObjectNode) template.get("Resources"));
    Files.writeString(
        directory.resolve(DeployedStack.NAME + ".template.json"), template.toString());
    return new Synthesized(directory);
  }

  private static ObjectNode application(ObjectNode resources) {
    return ofType(resources, "AWS::EMRServerless::Application");
  }

  private static ObjectNode hook(ObjectNode resources) {
    return ofType(resources, "Custom::SparkgateBeforeUpdate");
  }

  private static ObjectNode ofType(ObjectNode resources, String type) {
    for (JsonNode resource : resources) {
      if (resource.get("Type").asText().equals(type)) {
        return (ObjectNode) resource;
      }
    }
    throw new AssertionError(type);
  }
}
