package io.sparkgate.test.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files below {@code .github/workflows}, parsed. */
record Workflows(Map<String, JsonNode> byFile) {

  private static final Path FOLDER = Unpacked.ROOT.resolve(".github/workflows");

  /** A job, and which of which file it is. */
  record Job(String name, JsonNode content) {

    List<JsonNode> steps() {
      List<JsonNode> steps = new ArrayList<>();
      content.path("steps").forEach(steps::add);
      return steps;
    }

    boolean runs(String command) {
      return steps().stream().anyMatch(step -> step.path("run").asText().contains(command));
    }
  }

  static Workflows read() throws IOException {
    Map<String, JsonNode> byFile = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        byFile.put(file.getFileName().toString(), parse(file));
      }
    }
    return new Workflows(byFile);
  }

  static JsonNode parse(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }

  JsonNode file(String name) {
    return byFile.get(name);
  }

  List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    byFile.forEach(
        (file, workflow) ->
            workflow
                .path("jobs")
                .properties()
                .forEach(job -> jobs.add(new Job(file + ": " + job.getKey(), job.getValue()))));
    return jobs;
  }

  /** All the text of a file, line by line: comments are no YAML. */
  static List<String> lines(String name) {
    try {
      return Files.readAllLines(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environments in which CI promotes, or those that there are where cdk.json has no order. */
  static List<String> promotion() throws IOException {
    JsonNode context =
        new ObjectMapper().readTree(Unpacked.ROOT.resolve("cdk.json").toFile()).get("context");
    List<String> names = new ArrayList<>();
    if (context.has("promotion")) {
      context.get("promotion").forEach(name -> names.add(name.asText()));
    } else {
      context.get("environments").fieldNames().forEachRemaining(names::add);
    }
    return names;
  }
}
