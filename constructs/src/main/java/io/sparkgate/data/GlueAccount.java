package io.sparkgate.data;

import io.sparkgate.internal.GlueArns;
import io.sparkgate.internal.Tokens;
import io.sparkgate.network.PrivateEndpoint;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Aws;

/**
 * Whose Glue Data Catalog.
 *
 * @param other empty for the account of the application
 */
record GlueAccount(Optional<String> other) {

  static GlueAccount own() {
    return new GlueAccount(Optional.empty());
  }

  static GlueAccount of(String catalog, String account) {
    if (!Tokens.isUnresolved(account) && !account.matches("\\d{12}")) {
      throw new IllegalArgumentException(
          "%s: ofAccount received '%s', but takes the 12 digits of an AWS account"
              .formatted(catalog, account));
    }
    return new GlueAccount(Optional.of(account));
  }

  String id() {
    return other.orElse(Aws.ACCOUNT_ID);
  }

  GlueArns arns(String... path) {
    return new GlueArns(Aws.REGION, id(), List.of(path));
  }

  /** Glue, and in another account too, where that is whose catalog it is. */
  List<PrivateEndpoint> endpoints() {
    return List.of(other.map(PrivateEndpoint.GLUE::reaching).orElse(PrivateEndpoint.GLUE));
  }
}
