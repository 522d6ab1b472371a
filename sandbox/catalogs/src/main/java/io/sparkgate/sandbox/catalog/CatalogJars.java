package io.sparkgate.sandbox.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Jars that only those Spark processes get whose settings ask for them. */
public enum CatalogJars {
  /** Spark's support of Hive, Hive itself, and what its metastore stands on. */
  HIVE,
  /** Iceberg's runtime for Spark. */
  ICEBERG,
  /** Delta Lake. */
  DELTA;

  /**
   * All jars, as an entry of a class path. They lie in a folder beside our own jar or classes.
   *
   * @throws IllegalStateException if the folder is not there
   */
  public String classPath() {
    try {
      URI own = CatalogJars.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path folder = Path.of(own).resolveSibling(name().toLowerCase(Locale.ROOT));
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException(
            folder + " is not there; ./mvnw -pl sandbox/laptop -am package makes it");
      }
      return folder + "/*";
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
