package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.data.Catalog;
import io.sparkgate.network.PrivateEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** Which tables sessions find: {@code catalogs}, and what the execution role may do with them. */
final class CatalogSettings {

  private static final String NAME = "[a-z0-9_*?-]+";
  private static final String WAREHOUSE = "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?";

  private final List<Granted> all = new ArrayList<>();

  private CatalogSettings() {}

  private interface Verb {
    void grant(IGrantable role, String database, String... tables);
  }

  /** A catalog, and patterns such as {@code sales.orders*} for each of its verbs. */
  private record Granted(
      Catalog catalog, List<String> read, List<String> write, List<String> admin) {

    void to(IGrantable role) {
      each(read, role, catalog::grantRead);
      each(write, role, catalog::grantWrite);
      each(admin, role, catalog::grantAdmin);
    }

    private static void each(List<String> patterns, IGrantable role, Verb verb) {
      for (String pattern : patterns) {
        String[] names = pattern.split("\\.");
        verb.grant(role, names[0], names[1]);
      }
    }
  }

  static CatalogSettings of(Construct scope, Settings settings) {
    CatalogSettings catalogs = new CatalogSettings();
    settings
        .section("catalogs")
        .ifPresent(
            section -> {
              catalogs.add(section, "glue", one -> Catalog.glue());
              catalogs.add(section, "iceberg", one -> iceberg(scope, one));
              catalogs.add(section, "delta", one -> Catalog.deltaOnGlue());
              catalogs.add(section, "hudi", one -> Catalog.hudi());
              catalogs.add(section, "s3Tables", CatalogSettings::s3Tables);
              section.refuseOthers();
            });
    return catalogs;
  }

  private interface Kind {
    Catalog of(Settings settings);
  }

  private void add(Settings catalogs, String kind, Kind made) {
    Optional<Settings> section = catalogs.section(kind);
    if (section.isPresent()) {
      Settings settings = section.get();
      Catalog catalog = made.of(settings);
      all.add(
          new Granted(
              settings.flag("default") ? catalog.asDefault() : catalog,
              patterns(settings, "read"),
              patterns(settings, "write"),
              patterns(settings, "admin")));
      settings.refuseOthers();
    }
  }

  private static Catalog iceberg(Construct scope, Settings settings) {
    String name = text(settings, "name", ".+", "a name such as \"lake\"");
    String[] warehouse =
        text(
                settings,
                "warehouse",
                WAREHOUSE,
                "a place in S3 such as \"s3://my-bucket/warehouse/\"")
            .substring("s3://".length())
            .split("/", 2);
    IBucket bucket = Bucket.fromBucketName(scope, "Warehouse", warehouse[0]);
    return settings.make(
        () -> Catalog.icebergOnGlue(name, bucket, warehouse.length > 1 ? warehouse[1] : ""));
  }

  private static Catalog s3Tables(Settings settings) {
    String name = text(settings, "name", ".+", "a name such as \"tables\"");
    String arn = text(settings, "tableBucketArn", ".+", "the ARN of a table bucket");
    return settings.make(() -> Catalog.s3Tables(name, arn));
  }

  private static String text(Settings settings, String name, String pattern, String allowed) {
    return settings.text(name, pattern, allowed).orElseThrow(() -> settings.missing(name));
  }

  private static List<String> patterns(Settings settings, String verb) {
    return settings
        .texts(
            verb,
            NAME + "\\." + NAME,
            "a list of databases and tables such as [\"sales.*\"], in lower case")
        .orElse(List.of());
  }

  /** What workers call for them. */
  List<PrivateEndpoint> endpoints() {
    return all.stream().flatMap(granted -> granted.catalog().endpoints().stream()).toList();
  }

  void hand(SparkConnectPlatform.Builder platform) {
    all.forEach(granted -> platform.catalog(granted.catalog()));
  }

  void grant(IGrantable executionRole) {
    all.forEach(granted -> granted.to(executionRole));
  }
}
