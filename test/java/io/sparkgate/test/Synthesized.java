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
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * What {@code ./cdkw synth} writes, from a cdk.json of the tests: that at the top is the user's,
 * who may change it without changing what a test sees.
 */
record Synthesized(Path directory) {

  private static final Path SETTINGS = Path.of("resources/cdk.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** With every option on that adds or widens something, as {@code SparkConnect-full}. */
  private static final Map<String, Object> FULL =
      Map.of(
          "onUpdate",
          "drain 30",
          "onDelete",
          "terminate",
          "privateMode",
          Map.of(
              "endpoints", List.of("logs", "sts", "glue", "kms", "secrets-manager"),
              "clients", List.of("192.168.0.0/16")),
          "customerManagedKey",
          true,
          "takeoverAlarm",
          true,
          "jobs",
          Map.of("wordCount", true),
          "monitoring",
          Map.of(
              "warnTopic",
              "arn:aws:sns:eu-west-1:111122223333:People",
              "ownerLimits",
              Map.of("sessions", 3, "dailyDollars", 50, "enforce", true),
              "prices",
              Map.of(
                  "vcpuHour",
                  0.06,
                  "memoryGbHour",
                  0.006,
                  "storageGbHour",
                  0.0001,
                  "source",
                  "our contract of November 2026")),
          "maxAgeMinutes",
          600,
          "idleMinutes",
          30);

  static Synthesized into(Path directory) {
    return synthesize(app(directory), directory);
  }

  /** From the cdk.json of whoever deploys. */
  static Synthesized asDeployed(Path directory) {
    return synthesize(app(Path.of("../cdk.json"), directory), directory);
  }

  /** With one environment more, which has every option on. */
  static Synthesized full(Path directory) {
    return synthesize(fullApp(directory), directory);
  }

  private static Synthesized synthesize(App app, Path directory) {
    SparkgateApp.addStacks(app);
    app.synth();
    return new Synthesized(directory);
  }

  /** The app before its stacks are added. */
  private static App app(Path directory) {
    return app(SETTINGS, directory);
  }

  private static App app(Path settings, Path directory) {
    Map<String, Object> context =
        JSON.convertValue(
            read(settings).get("context"), new TypeReference<Map<String, Object>>() {});
    return new App(
        AppProps.builder()
            .outdir(directory.toString())
            .analyticsReporting(false)
            .context(context)
            .build());
  }

  private static final Map<String, Object> PIPELINE =
      Map.of(
          "repository",
          "my-org/sparkgate",
          "connection",
          "arn:aws:codeconnections:eu-west-1:999988887777:connection/7d2469ff-514a-4e4f-9003-5ca4a43cdc41",
          "account",
          "999988887777",
          "region",
          "eu-west-1");

  /** The same, with an environment more that has every option on, and with both kinds of CI. */
  static App fullApp(Path directory) {
    App app = app(directory);
    Map<String, Object> environments = new TreeMap<>();
    environments.put("full", FULL);
    ((Map<?, ?>) app.getNode().getContext("environments"))
        .forEach((name, environment) -> environments.put(String.valueOf(name), environment));
    app.getNode().setContext("environments", environments);
    app.getNode().setContext("promotion", List.of("dev", "full", "prod"));
    app.getNode().setContext("github", Map.of("repository", "my-org/sparkgate"));
    app.getNode().setContext("pipeline", PIPELINE);
    return app;
  }

  /** The stack SparkConnect-dev with these settings. */
  static Synthesized dev(Path directory, Map<String, Object> settings) {
    App app = app(directory);
    app.getNode().setContext("environments", Map.of("dev", settings));
    app.getNode().setContext("promotion", List.of("dev"));
    return synthesize(app, directory);
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
