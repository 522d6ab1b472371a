package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the one stack that is meant, in a cloud assembly or as a lone template. */
final class StackFiles {

  /** How the app of this project names the stack of an environment. */
  private static final String PREFIX = "SparkConnect-";

  private static final Pattern ENVIRONMENT = Pattern.compile("aws://([^/]+)/(.+)");

  private StackFiles() {}

  static StackFile find(Path input, Optional<String> environment) throws BadInput {
    if (Files.isDirectory(input)) {
      Path manifest = input.resolve("manifest.json");
      if (!Files.exists(manifest)) {
        throw new BadInput(
            input
                + ": this directory has no manifest.json, so it is no cdk.out; synthesize with"
                + " ./cdkw synth and name its output, or name a *.template.json");
      }
      return choose(manifest, stacks(manifest), environment);
    }
    if (!Files.exists(input)) {
      throw new BadInput(
          input
              + ": there is no such file or directory; synthesize with ./cdkw synth and name its"
              + " cdk.out, or name a *.template.json");
    }
    if (environment.isPresent()) {
      throw new BadInput(
          ("%s: environment '%s' chooses among the stacks of a cdk.out directory, but this"
                  + " is a file; leave the environment out or name the directory")
              .formatted(input, environment.get()));
    }
    return lone(input);
  }

  private static StackFile choose(
      Path manifest, List<StackFile> stacks, Optional<String> environment) throws BadInput {
    String known = stacks.stream().map(StackFiles::name).collect(Collectors.joining(", "));
    if (stacks.isEmpty()) {
      throw new BadInput(manifest + ": lists no stack; name the template itself");
    }
    if (environment.isEmpty() && stacks.size() > 1) {
      throw new BadInput(
          "%s: lists several environments: %s; choose one with --env".formatted(manifest, known));
    }
    if (environment.isEmpty()) {
      return stacks.get(0);
    }
    for (StackFile stack : stacks) {
      if (name(stack).equals(environment.get()) || stack.stack().equals(environment.get())) {
        return stack;
      }
    }
    throw new BadInput(
        "%s: there is no environment '%s'; there are: %s"
            .formatted(manifest, environment.get(), known));
  }

  /** A template by itself still belongs to the assembly that it lies in. */
  private static StackFile lone(Path template) throws BadInput {
    Path manifest = template.resolveSibling("manifest.json");
    if (Files.exists(manifest)) {
      for (StackFile stack : stacks(manifest)) {
        if (stack.template().getFileName().equals(template.getFileName())) {
          return stack;
        }
      }
    }
    String stack =
        template
            .getFileName()
            .toString()
            .replaceFirst("(\\.template)?\\.[a-z]+$", "")
            .replaceAll("[^A-Za-z0-9-]+", "-");
    return new StackFile(template, stack, StackFile.ANY_ACCOUNT, StackFile.ANY_REGION);
  }

  private static List<StackFile> stacks(Path manifest) throws BadInput {
    List<StackFile> stacks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> artifact :
        JsonFile.read(manifest).path("artifacts").properties()) {
      JsonNode properties = artifact.getValue().path("properties");
      if (artifact.getValue().path("type").asText().equals("aws:cloudformation:stack")) {
        Matcher place = ENVIRONMENT.matcher(artifact.getValue().path("environment").asText());
        boolean placed = place.matches();
        stacks.add(
            new StackFile(
                manifest.resolveSibling(properties.path("templateFile").asText()),
                properties.path("stackName").asText(artifact.getKey()),
                placed && place.group(1).matches("\\d{12}")
                    ? place.group(1)
                    : StackFile.ANY_ACCOUNT,
                placed && !place.group(2).startsWith("unknown-")
                    ? place.group(2)
                    : StackFile.ANY_REGION));
      }
    }
    return stacks;
  }

  private static String name(StackFile stack) {
    return stack.stack().startsWith(PREFIX)
        ? stack.stack().substring(PREFIX.length())
        : stack.stack();
  }
}
