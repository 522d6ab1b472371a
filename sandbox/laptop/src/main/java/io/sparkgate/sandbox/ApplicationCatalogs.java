package io.sparkgate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.catalog.CatalogSettings;
import io.sparkgate.sandbox.spark.SparkDrivers;
import io.sparkgate.sandbox.template.Blueprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The catalogs of the template's application.
 *
 * @param sparkConf what its sessions start with, if they say nothing else
 */
record ApplicationCatalogs(Map<String, String> sparkConf) {

  static ApplicationCatalogs of(Blueprint blueprint) {
    var conf = new TreeMap<String, String>();
    blueprint
        .application()
        .ifPresent(
            application -> {
              for (JsonNode one : application.createRequest().path("runtimeConfiguration")) {
                if (one.path("classification").asText().equals("spark-defaults")) {
                  one.path("properties")
                      .properties()
                      .forEach(entry -> conf.put(entry.getKey(), entry.getValue().asText()));
                }
              }
            });
    return new ApplicationCatalogs(conf);
  }

  /** What is replaced, for people. */
  List<String> remarks() {
    return CatalogSettings.of(sparkConf).remarks();
  }

  /** ARNs of table buckets, by the names of the buckets that stand for them. */
  Map<String, String> tableBuckets() {
    return CatalogSettings.of(sparkConf).tableBuckets();
  }

  /** Makes a folder for each table bucket that has none. */
  void makeTableBuckets(Path folder) throws IOException {
    for (String name : tableBuckets().keySet()) {
      Files.createDirectories(folder.resolve(name));
    }
  }

  /** Starts what the first session will need, on a thread of its own. */
  void prepare(SparkDrivers drivers, Consumer<String> remarks) {
    var thread =
        new Thread(
            () -> {
              try {
                drivers.prepare(sparkConf);
              } catch (IOException | RuntimeException e) {
                remarks.accept("sessions will find no catalog: " + e.getMessage());
              }
            },
            "catalogs");
    thread.setDaemon(true);
    thread.start();
  }
}
