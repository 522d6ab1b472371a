package io.sparkgate.internal;

import java.util.List;

/**
 * Some tables of a database, by their names or patterns.
 *
 * @param database a name or a pattern
 * @param tables names or patterns; all tables if there is none
 */
public record TableNames(String database, List<String> tables) {

  private static final String ALL = "*";

  /** All tables, if none is named. */
  public TableNames {
    tables = tables.isEmpty() ? List.of(ALL) : List.copyOf(tables);
  }

  /** Whether this is the database itself, and not only some of its tables. */
  boolean isWholeDatabase() {
    return tables.contains(ALL);
  }
}
