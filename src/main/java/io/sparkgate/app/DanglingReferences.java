package io.sparkgate.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;

/**
 * References to what a template does not have, which CloudFormation would refuse. The CDK's rules
 * find them too, but {@code ./cdkw} asks those only to deploy, because they take seconds.
 */
final class DanglingReferences {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{([^!][^}]*)}");

  private final JsonNode template;
  private final List<String> names = new ArrayList<>();

  private DanglingReferences(JsonNode template) {
    this.template = template;
  }

  static void refuse(CloudAssembly assembly) {
    for (CloudFormationStackArtifact stack : assembly.getStacks()) {
      List<String> dangling = in(read(Path.of(stack.getTemplateFullPath())));
      if (!dangling.isEmpty()) {
        throw new IllegalArgumentException(
            "%s: the template refers to %s, which it does not have; this is a fault of the constructs, not of cdk.json: please report it with your cdk.json"
                .formatted(stack.getStackName(), String.join(", ", dangling)));
      }
    }
  }

  /** What dangles, as "name (where it is referred to)". */
  static List<String> in(JsonNode template) {
    DanglingReferences found = new DanglingReferences(template);
    found.walk("", template);
    return found.names;
  }

  private void walk(String path, JsonNode node) {
    if (node.isObject() && node.size() == 1) {
      Map.Entry<String, JsonNode> only = node.properties().iterator().next();
      look(path, only.getKey(), only.getValue());
    }
    if (path.matches("/Resources/[^/]+")) {
      texts(node.path("DependsOn")).forEach(name -> resource(path + "/DependsOn", name));
    }
    node.properties().forEach(entry -> walk(path + "/" + entry.getKey(), entry.getValue()));
    if (node.isArray()) {
      int index = 0;
      for (Iterator<JsonNode> items = node.elements(); items.hasNext(); index++) {
        walk(path + "/" + index, items.next());
      }
    }
  }

  private void look(String path, String function, JsonNode argument) {
    switch (function) {
      case "Ref" -> parameterOrResource(path, argument.asText());
      case "Fn::GetAtt" ->
          resource(
              path,
              argument.isArray() ? argument.path(0).asText() : argument.asText().split("\\.")[0]);
      case "Fn::Sub" -> {
        JsonNode own = argument.path(1);
        Matcher names =
            SUBSTITUTED.matcher(argument.isArray() ? argument.path(0).asText() : argument.asText());
        while (names.find()) {
          if (!own.has(names.group(1))) {
            parameterOrResource(path, names.group(1).split("\\.")[0]);
          }
        }
      }
      default -> {}
    }
  }

  private void parameterOrResource(String path, String name) {
    if (!name.startsWith("AWS::") && !template.path("Parameters").has(name)) {
      resource(path, name);
    }
  }

  private void resource(String path, String name) {
    if (!template.path("Resources").has(name)) {
      names.add("%s (in %s)".formatted(name, path));
    }
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.elements().forEachRemaining(item -> texts.add(item.asText()));
    return texts;
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
