package io.sparkgate.test;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.app.SparkgateApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** What {@code ./cdkw synth} writes, from the cdk.json of this repository. */
record Synthesized(Path directory) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Synthesized into(Path directory) {
    App app = app(directory);
    SparkgateApp.addStacks(app);
    app.synth();
    return new Synthesized(directory);
  }

  /** The app before its stacks are added, with what cdk.json says. */
  static App app(Path directory) {
    return new App(
        AppProps.builder()
            .outdir(directory.toString())
            .analyticsReporting(false)
            .context(
                JSON.convertValue(
                    read(Path.of("../cdk.json")).get("context"),
                    new TypeReference<Map<String, Object>>() {}))
            .build());
  }

  List<Path> templates() {
    return files().filter(file -> file.toString().endsWith(".template.json")).toList();
  }

  JsonNode template(String stack) {
    return read(directory.resolve(stack + ".template.json"));
  }

  /** The file of an asset of a template, as its deployment would upload it. */
  Path asset(String fileName) {
    return directory.resolve("asset." + fileName);
  }

  Stream<Path> files() {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
