package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.catalog.CatalogSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The catalogs of all Spark processes of a sandbox, of sessions as of job runs. What their settings
 * ask for is replaced by what there is here, before {@link LocalConf} does the rest.
 */
final class Catalogs implements AutoCloseable {
  /** What is appended to a driver's class path. */
  static final String CLASS_PATH = "spark.driver.extraClassPath";

  private static final String S3A = "spark.hadoop.fs.s3a.";

  private final MetastoreProcess metastore;

  /** Starts nothing yet. */
  Catalogs(Path workDirectory, Path javaHome, List<String> flags) {
    this.metastore = new MetastoreProcess(javaHome, workDirectory, flags);
  }

  /** Starts what the settings of an application will need, and does not wait for it. */
  void prepare(Map<String, String> sparkConf) throws IOException {
    if (CatalogSettings.of(sparkConf).needMetastore()) {
      URI unused = metastore.uri();
    }
  }

  /**
   * The settings with local ends; the same if they ask for no catalog. Takes a moment if it is the
   * first that needs the metastore.
   *
   * @throws IllegalStateException if one of the catalogs is not played; the message says which
   */
  Map<String, String> localize(Map<String, String> sparkConf) throws IOException {
    CatalogSettings catalogs = CatalogSettings.of(sparkConf);
    if (catalogs.refusal().isPresent()) {
      throw new IllegalStateException(catalogs.refusal().get());
    }
    var conf = new TreeMap<>(catalogs.settings());
    conf.remove(CLASS_PATH); // Of the service's image.
    List<String> jars = catalogs.classPath();
    if (!jars.isEmpty()) {
      conf.put(CLASS_PATH, String.join(File.pathSeparator, jars));
    }
    if (catalogs.needMetastore()) {
      conf.putAll(catalogs.ends(metastore.uri()));
      String key = conf.get(S3A + "access.key");
      if (key != null) {
        metastore.admit(
            key,
            conf.getOrDefault(S3A + "secret.key", ""),
            conf.getOrDefault(S3A + "endpoint", ""));
        conf.putAll(CatalogUser.settings(key));
      }
    }
    return conf;
  }

  @Override
  public void close() {
    metastore.close();
  }
}
