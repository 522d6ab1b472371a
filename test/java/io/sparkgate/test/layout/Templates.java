package io.sparkgate.test.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All templates of a cloud assembly, those of nested stacks and stages included. */
final class Templates {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> byFile = new TreeMap<>();
  private final List<Path> files = new ArrayList<>();

  Templates(Path assembly) {
    try (Stream<Path> all = Files.walk(assembly)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".template.json")).sorted().toList()) {
        byFile.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
        files.add(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Path> files() {
    return files;
  }

  /** References to nothing, circles, and imports that no template exports. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> exports = new TreeSet<>();
    byFile
        .values()
        .forEach(
            template ->
                template
                    .path("Outputs")
                    .forEach(output -> exports.add(output.at("/Export/Name").toString())));
    byFile.forEach(
        (file, template) -> {
          References references = new References(template);
          references.problems().forEach(problem -> problems.add(file + ": " + problem));
          references.imports().stream()
              .filter(name -> !exports.contains(name))
              .forEach(name -> problems.add(file + ": imports " + name + ", which none exports"));
        });
    return problems;
  }

  /**
   * Rules such as {@code Allow iam:PassRole} in the policies of a role.
   *
   * @param role its logical id, or as JSON what the template refers to it by; empty for any role
   */
  Set<String> rulesOf(String file, String role) {
    Set<String> rules = new TreeSet<>();
    JsonNode resources = byFile.get(file).path("Resources");
    resources.forEach(
        resource -> {
          JsonNode properties = resource.path("Properties");
          if (resource.path("Type").asText().matches("AWS::IAM::(Managed)?Policy")
              && isOf(properties.path("Roles"), role)) {
            rules.addAll(rules(properties.path("PolicyDocument")));
          }
        });
    return rules;
  }

  private static boolean isOf(JsonNode roles, String role) {
    return role.isEmpty()
        || texts(roles)
            .contains(role.matches("[A-Za-z0-9]+") ? "{\"Ref\":\"" + role + "\"}" : role);
  }

  private static Collection<String> rules(JsonNode document) {
    List<String> rules = new ArrayList<>();
    document
        .path("Statement")
        .forEach(
            statement -> {
              JsonNode actions = statement.path("Action");
              (actions.isArray() ? actions : JSON.createArrayNode().add(actions))
                  .forEach(
                      action ->
                          rules.add(statement.path("Effect").asText() + " " + action.asText()));
            });
    return rules;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.toString()));
    return texts;
  }
}
