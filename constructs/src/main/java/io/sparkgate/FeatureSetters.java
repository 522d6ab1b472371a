package io.sparkgate;

import static java.util.Objects.requireNonNull;

import io.sparkgate.data.Catalog;
import io.sparkgate.spark.Feature;

/**
 * What the sessions and job runs of a platform get.
 *
 * @param <B> the builder
 */
abstract class FeatureSetters<B extends FeatureSetters<B>> {

  final PlatformParts parts = new PlatformParts();

  abstract B self();

  /**
   * Adds something that sessions and job runs get, such as a catalog. A network that the platform
   * makes gets an interface endpoint for each service that it calls. Default: none.
   *
   * @param feature the catalog, or whatever it is
   * @return this builder
   */
  public B with(Feature feature) {
    parts.features.add(requireNonNull(feature, "feature"));
    return self();
  }

  /**
   * Adds a catalog of tables; {@link #with} does the same. Default: none, so sessions find no
   * tables but read and write files in S3. Each service that catalogs call adds an interface
   * endpoint to the platform's own network, about USD 14.60 a month in its two zones.
   *
   * @param catalog the catalog; its grants say which tables the execution role may have
   * @return this builder
   */
  public B catalog(Catalog catalog) {
    return with(catalog);
  }
}
