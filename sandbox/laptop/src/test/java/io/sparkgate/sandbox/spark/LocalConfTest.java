package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalConfTest {
  @Test
  void keepsTheSessionsWord() {
    assertThat(conf("spark.sql.ansi.enabled", "true"))
        .containsEntry("spark.sql.ansi.enabled", "true");
    assertThat(conf("spark.app.name", "mine")).containsEntry("spark.app.name", "mine");
    assertThat(conf("spark.sql.shuffle.partitions", "9"))
        .containsEntry("spark.sql.shuffle.partitions", "9");
    assertThat(conf("spark.executor.memory", "lots"))
        .containsEntry("spark.executor.memory", "lots");
  }

  @Test
  void staysOnThisMachine() {
    assertThat(conf("spark.master", "yarn")).containsEntry("spark.master", "local[2]");
    assertThat(conf("spark.driver.bindAddress", "0.0.0.0"))
        .containsEntry("spark.driver.bindAddress", "127.0.0.1");
    assertThat(conf("spark.sql.warehouse.dir", "s3://lake/"))
        .containsEntry("spark.sql.warehouse.dir", Path.of("/sandbox/s1/warehouse").toString());
  }

  @Test
  void keepsHiveAndAWarehouseInS3ForWhoHasAMetastore() {
    var asked =
        Map.of("spark.sql.catalogImplementation", "hive", "spark.sql.warehouse.dir", "s3://lake/w");
    assertThat(LocalConf.of(asked, "s1", Path.of("/sandbox/s1")))
        .containsEntry("spark.sql.catalogImplementation", "hive")
        .containsEntry("spark.sql.warehouse.dir", "s3://lake/w")
        .doesNotContainKey("spark.sql.legacy.createHiveTableByDefault");
    assertThat(conf("spark.sql.catalogImplementation", "hive"))
        .containsEntry("spark.sql.warehouse.dir", Path.of("/sandbox/s1/warehouse").toString());
  }

  @Test
  void writesItsEventsForTheSandboxsHistory() {
    assertThat(conf("spark.eventLog.dir", "s3://logs/"))
        .containsEntry("spark.eventLog.enabled", "true")
        .containsEntry("spark.eventLog.dir", Path.of("/sandbox/s1/events").toUri().toString());
    assertThat(conf("spark.eventLog.compress", "true"))
        .doesNotContainKey("spark.eventLog.compress");
  }

  @Test
  void leavesOutWhatIsNotHere() {
    assertThat(conf("spark.dynamicAllocation.enabled", "true"))
        .doesNotContainKey("spark.dynamicAllocation.enabled");
    assertThat(conf("spark.plugins", "any.Plugin")).doesNotContainKey("spark.plugins");
    assertThat(conf("hive.exec.parallel", "true")).doesNotContainKey("hive.exec.parallel");
  }

  @Test
  void fetchesFromEverywhereButS3() {
    assertThat(conf("spark.files", "/a,s3://b/c")).doesNotContainKey("spark.files");
    assertThat(conf("spark.jars", "s3a://b/c.jar")).doesNotContainKey("spark.jars");
    assertThat(conf("spark.jars", "/opt/c.jar")).containsEntry("spark.jars", "/opt/c.jar");
  }

  private static Map<String, String> conf(String key, String value) {
    return LocalConf.of(Map.of(key, value), "s1", Path.of("/sandbox/s1"));
  }
}
