package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no metastore; with one, {@code test/pyspark/test_catalogs.py} looks. */
class CatalogsTest {
  @TempDir private Path work;

  @Test
  void startNothingForWhoAsksForNone() throws IOException {
    try (var catalogs = new Catalogs(work, Path.of("no-jdk"), List.of())) {
      Map<String, String> conf = Map.of("spark.sql.ansi.enabled", "true");
      catalogs.prepare(conf);
      assertThat(catalogs.localize(conf)).isEqualTo(conf);
      assertThat(Catalogs.environment(conf)).isEmpty();
      assertThat(work).isEmptyDirectory();
    }
  }

  @Test
  void refuseHudiInOneSentence() {
    try (var catalogs = new Catalogs(work, Path.of("no-jdk"), List.of())) {
      assertThatThrownBy(
              () ->
                  catalogs.localize(
                      Map.of(
                          "spark.sql.extensions",
                          "org.apache.spark.sql.hudi.HoodieSparkSessionExtension")))
          .hasMessageStartingWith("Hudi is not played by the sandbox");
    }
  }

  @Test
  void appendTheirJarsInPlaceOfThoseOfTheImage() throws IOException {
    try (var catalogs = new Catalogs(work, Path.of("no-jdk"), List.of())) {
      assertThat(
              catalogs.localize(
                  Map.of(
                      "spark.driver.extraClassPath",
                      "/usr/lib/hadoop/*",
                      "spark.jars",
                      "/usr/share/aws/delta/lib/delta-spark.jar",
                      "spark.sql.extensions",
                      "io.delta.sql.DeltaSparkSessionExtension")))
          .doesNotContainKey("spark.jars")
          .hasEntrySatisfying(
              Catalogs.CLASS_PATH, jars -> assertThat(jars).matches(".*/delta/\\*"));
    }
  }
}
