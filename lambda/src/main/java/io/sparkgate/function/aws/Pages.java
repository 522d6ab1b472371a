package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way through one list, page by page. It ends whatever the service answers: its model says that
 * a token has a character at least and names the next page, but some services answer an empty one
 * at the end, and one that comes a second time would lead through the same pages for ever.
 */
public final class Pages {

  /** The most that the service gives at once, and it takes few lists a second. */
  public static final int SIZE = 50;

  private final String operation;
  private final Set<String> tokens = new HashSet<>();
  private @Nullable String token;

  /**
   * Begins at the first page.
   *
   * @param operation that lists, by its name as in IAM
   */
  public Pages(String operation) {
    this.operation = operation;
  }

  /** The token to ask with for the page that is to be read now; null for the first. */
  public @Nullable String token() {
    return token;
  }

  /**
   * Goes on to the page that the last answer names, if it names one.
   *
   * @param next the token in the answer
   * @return whether there is another page
   * @throws ServiceCallException if that page was read already
   */
  public boolean turn(@Nullable String next) throws ServiceCallException {
    if (next == null || next.isEmpty()) {
      return false;
    }
    if (!tokens.add(next)) {
      throw new ServiceCallException(
          Kind.OTHER,
          operation,
          "RepeatedToken",
          "the answer names a page that was read before; the rest of the list cannot be read",
          null);
    }
    token = next;
    return true;
  }
}
