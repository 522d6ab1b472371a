package io.sparkgate.sandbox;

import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import io.sparkgate.sandbox.template.ClusterBlueprint;
import io.sparkgate.sandbox.template.ClusterBlueprint.Authentication;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What a person reads first. */
record Welcome(
    Blueprint blueprint,
    Options options,
    URI api,
    List<String> dashboards,
    Path jdk,
    String python) {

  String text(List<Path> personas) {
    StringBuilder text = new StringBuilder();
    text.append("\nSparkgate sandbox: ")
        .append(blueprint.stack())
        .append(", as its template says\n\n");
    row(text, "API", api + "  (loopback only; signatures are not checked, policies are)");
    blueprint
        .application()
        .ifPresent(
            one ->
                row(
                    text,
                    "application",
                    one.id() + "  " + one.createRequest().path("releaseLabel").asText()));
    blueprint.cluster().ifPresent(cluster -> describe(cluster, text));
    row(text, "clock", clock());
    for (ScheduledFunction function : blueprint.functions()) {
      row(
          text,
          function.name(),
          "every %d min, the function's own jar; records in %s"
              .formatted(
                  function.every().toMinutes(), RunningFunction.logOf(function, options.work())));
    }
    if (blueprint.functions().isEmpty()) {
      row(text, "functions", "none in this template");
    }
    dashboards.forEach(page -> row(text, "dashboard", page));
    row(text, "S3", options.work().resolve("s3") + "  (a folder is a bucket)");
    Buckets.of(blueprint)
        .names()
        .forEach((name, what) -> row(text, "", "  s3://%s  (%s)".formatted(name, what)));
    row(text, "Spark", "3.5.6 on " + jdk);
    row(text, "memory", "up to %s a session; --memory GB".formatted(options.memory()));
    row(text, "Python", python);
    if (!personas.isEmpty()) {
      text.append("\nIn another shell, be one of them:\n\n");
      personas.forEach(file -> text.append("  . ").append(file).append('\n'));
      text.append("\nand use boto3 and PySpark as on AWS (docs/sandbox.md has a tour).\n");
    }
    return text.append("Ctrl-C stops everything.\n").toString();
  }

  private void describe(ClusterBlueprint cluster, StringBuilder text) {
    row(text, "cluster", cluster.id() + "  " + cluster.releaseLabel());
    cluster
        .endpoint()
        .ifPresent(
            endpoint ->
                row(
                    text,
                    "",
                    "  %s:%d, %s, cut after %d s without a message"
                        .formatted(
                            endpoint.host(),
                            endpoint.port(),
                            endpoint.authentication() == Authentication.TOKEN
                                ? "by a token"
                                : "by client certificates",
                            endpoint.idleTimeout().toSeconds())));
    cluster
        .tunnel()
        .ifPresent(tunnel -> row(text, "", "  by Session Manager's document " + tunnel.name()));
    row(text, "", "  log of its step in " + options.work().resolve("cluster/step.log"));
  }

  private String clock() {
    return options.minute() == 60
        ? "real time; --minute 1 shows an hour in a minute"
        : "fast: a minute takes %s s".formatted(options.minute());
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("  %-13s %s%n".formatted(name, value));
  }
}
