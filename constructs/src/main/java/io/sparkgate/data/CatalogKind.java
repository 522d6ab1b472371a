package io.sparkgate.data;

import io.sparkgate.internal.DataAccess;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.TableNames;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** What one kind of catalog has of its own. In each method, {@code me} is its name in errors. */
interface CatalogKind {

  /**
   * What Spark is told.
   *
   * @param name by which Spark finds it
   */
  Map<String, String> conf(String name, FeatureTarget target);

  /** What Hive is told; empty if it cannot have this catalog. */
  default Map<String, String> confOfHive() {
    return Map.of();
  }

  default List<String> problems(String me, FeatureTarget target) {
    return List.of();
  }

  /** What the execution role is allowed so that there is a catalog at all. */
  default List<Statement> starting() {
    return List.of();
  }

  default Grant grantTo(String me, IGrantable role) {
    return starting().isEmpty()
        ? Grant.drop(role, me + " asks for nothing before a table is named")
        : Grantee.ofData(role, me).grant(starting());
  }

  /** What a grant allows on Glue, or beside it. */
  List<Statement> statements(String me, DataAccess access, TableNames names);

  /** What a grant gives; on the objects below the warehouse too, if there is one. */
  default Grant grant(String me, IGrantable role, DataAccess access, TableNames names) {
    List<Statement> statements = statements(me, access, names);
    return Grantee.ofData(role, me).grant(statements);
  }

  default List<PrivateEndpoint> endpoints() {
    return List.of();
  }

  default boolean needsVpc() {
    return false;
  }

  /** Whose Glue Data Catalog it is; empty if it is none. */
  default Optional<GlueAccount> account() {
    return Optional.empty();
  }

  /** The same in another account's; only if it is a Glue Data Catalog. */
  default CatalogKind in(GlueAccount account) {
    return this;
  }
}
