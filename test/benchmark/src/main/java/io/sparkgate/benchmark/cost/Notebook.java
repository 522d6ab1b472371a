package io.sparkgate.benchmark.cost;

import java.util.List;

/**
 * One task of one person, which wants to have one session throughout.
 *
 * @param statements at least one, in the order in which they are sent
 * @param stopped whether the person terminates the session in the end
 * @param owner the person, by a number
 * @param rank where this caller stands among all, from 0 to 1: the lowest are the first to raise
 *     the idle timeout
 */
record Notebook(List<Statement> statements, boolean stopped, int owner, double rank) {

  Notebook {
    statements = List.copyOf(statements);
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("a notebook without statements has no session");
    }
  }
}
