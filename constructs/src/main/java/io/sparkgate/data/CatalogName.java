package io.sparkgate.data;

import io.sparkgate.internal.TableNames;
import io.sparkgate.internal.Tokens;
import java.util.List;
import java.util.stream.Stream;

/**
 * By which name Spark finds a catalog.
 *
 * @param kind the method that made it
 * @param name part of the keys of its settings
 * @param isDefault whether a query that names no catalog means this one
 */
record CatalogName(String kind, String name, boolean isDefault) {

  /** The name of the catalog that Spark has anyway. */
  private static final String SESSION = "spark_catalog";

  /** What Spark's SQL takes without quotes, and CloudFormation as part of a key. */
  private static final String LEGAL = "[A-Za-z][A-Za-z0-9_]{0,63}";

  /** Glue keeps names in lower case, and IAM compares letter by letter. */
  private static final String LEGAL_TABLE = "[a-z0-9_*?-]{1,255}";

  /** Of the catalog that Spark has anyway. */
  static CatalogName ofSession(String kind) {
    return new CatalogName(kind, SESSION, false);
  }

  static CatalogName of(String kind, String name) {
    if (Tokens.isUnresolved(name)) {
      throw new IllegalArgumentException(
          """
          Catalog.%s: name received a value that is known only when the stack is deployed, but it \
          is part of the keys of Spark's settings; write it out, such as 'lake'"""
              .formatted(kind));
    }
    if (!name.matches(LEGAL) || name.equals(SESSION)) {
      throw new IllegalArgumentException(
          """
          Catalog.%s: name received '%s', but takes a letter and then up to 63 letters, digits or \
          _, and not %s, which Spark has anyway; use another, such as 'lake'"""
              .formatted(kind, name, SESSION));
    }
    return new CatalogName(kind, name, false);
  }

  CatalogName byDefault() {
    return new CatalogName(kind, name, true);
  }

  @Override
  public String toString() {
    return "Catalog." + kind + (name.equals(SESSION) ? "" : " '" + name + "'");
  }

  /** The names of a grant. */
  static TableNames tables(String catalog, String database, List<String> tables) {
    Stream.concat(Stream.of(database), tables.stream())
        .filter(name -> !Tokens.isUnresolved(name) && !name.matches(LEGAL_TABLE))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  """
                  %s: a grant received the name '%s', but takes one of a database and then those \
                  of its tables, each of lower-case letters, digits, _ and -, with * and ? for any \
                  letters, as Glue keeps them; write 'sales', 'orders*' for sales.orders*"""
                      .formatted(catalog, name));
            });
    return new TableNames(database, tables);
  }
}
