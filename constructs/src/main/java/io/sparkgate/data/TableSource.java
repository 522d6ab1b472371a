package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.services.dynamodb.ITable;

/**
 * A table of DynamoDB, before it is said what is done with it.
 *
 * <p>The actions are those that the connector of EMR calls (awslabs/emr-dynamodb-connector,
 * DynamoDBClient, read in November 2026).
 */
public final class TableSource {

  private final ITable table;

  TableSource(ITable table) {
    this.table = requireNonNull(table, "table");
  }

  /**
   * Reads: describes, scans and queries the table.
   *
   * @return the access
   */
  public SourceAccess read() {
    return new Access(table, SourcePermissions.tableRead(table.getTableArn()));
  }

  /**
   * Writes: describes the table, puts and deletes items.
   *
   * @return the access
   */
  public SourceAccess write() {
    return new Access(table, SourcePermissions.tableWrite(table.getTableArn()));
  }

  /**
   * Reads and writes.
   *
   * @return the access
   */
  public SourceAccess readWrite() {
    String arn = table.getTableArn();
    return new Access(
        table,
        Stream.of(SourcePermissions.tableRead(arn), SourcePermissions.tableWrite(arn))
            .flatMap(List::stream)
            .toList());
  }

  private static final class Access extends SourceAccess {

    private final ITable table;
    private final List<Statement> statements;

    Access(ITable table, List<Statement> statements) {
      super("DataSource.table '%s'".formatted(table.getNode().getPath()));
      this.table = table;
      this.statements = statements;
    }

    @Override
    List<Statement> statements() {
      return statements;
    }

    /** The table's own data keys are below it; only to decrypt them is the caller's business. */
    @Override
    List<KeyUse> keys() {
      return Optional.ofNullable(table.getEncryptionKey())
          .map(key -> KeyUse.reading(key, "dynamodb"))
          .stream()
          .toList();
    }

    @Override
    Optional<Owned> owned() {
      return Optional.of(
          Owned.withoutPolicy(
              table,
              table.getTableArn(),
              "tableName",
              "make a role there and use DataSource.assumedRoleForDynamoDb"));
    }

    @Override
    String since() {
      return "emr-6.9.0";
    }

    @Override
    public List<PrivateEndpoint> endpoints() {
      return List.of(PrivateEndpoint.DYNAMODB);
    }
  }
}
