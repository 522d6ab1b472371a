package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Aws;

/**
 * ARNs of a Glue Data Catalog, in the shapes of the Service Authorization Reference for AWS Glue.
 * Of a federated catalog the names have its path before them.
 *
 * @param region where; may be a token
 * @param account whose catalog; may be a token
 * @param path the names of the federated catalog, the outermost first; none for the account's own
 */
public record GlueArns(String region, String account, List<String> path) {

  /** Copies the path. */
  public GlueArns {
    path = List.copyOf(path);
  }

  /** The catalog itself, and those around it: Glue asks for each. */
  List<String> catalogs() {
    List<String> catalogs = new ArrayList<>(List.of(arn("catalog")));
    for (int i = 1; i <= path.size(); i++) {
      catalogs.add(arn("catalog/" + String.join("/", path.subList(0, i))));
    }
    return catalogs;
  }

  String database(String name) {
    return arn("database/" + below() + name);
  }

  String table(String database, String name) {
    return arn("table/" + below() + database + "/" + name);
  }

  /** All functions of a database. */
  String functions(String database) {
    return arn("userDefinedFunction/" + below() + database + "/*");
  }

  private String below() {
    return path.isEmpty() ? "" : String.join("/", path) + "/";
  }

  private String arn(String resource) {
    return "arn:%s:glue:%s:%s:%s".formatted(Aws.PARTITION, region, account, resource);
  }
}
