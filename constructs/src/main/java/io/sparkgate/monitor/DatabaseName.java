package io.sparkgate.monitor;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** The name of a store's database of Glue, of which an account has each once in a Region. */
final class DatabaseName {

  private static final String LEGAL = "[a-z0-9_]{1,255}";

  /** So that a digest of the path fits behind it. */
  private static final int LONGEST_WORDS = 200;

  /** Of the path's digest, after the two characters that all have. */
  private static final int DIGEST_FROM = 2;

  private static final int DIGEST_TO = 10;

  private DatabaseName() {}

  static String of(Construct store, Findings findings, @Nullable String given) {
    if (given == null) {
      return ofItsOwn(store);
    }
    findings.errorIf(Tokens.isUnresolved(given), () -> "databaseName" + Known.received("a text"));
    findings.errorIf(
        !given.matches(LEGAL),
        "databaseName received '%s', but takes 1 to 255 of a-z, 0-9 and _".formatted(given));
    return given;
  }

  /**
   * The stack's name, which no other has in an account and Region, and the path in it, in words
   * that Athena takes unquoted; two paths may have the same words, so a digest tells them apart.
   */
  private static String ofItsOwn(Construct store) {
    Stack stack = Place.outermost(Stack.of(store));
    String path = store.getNode().getPath().substring(stack.getNode().getPath().length());
    String words =
        (stack.getStackName() + path).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return "%s_%s"
        .formatted(
            words.substring(0, Math.min(words.length(), LONGEST_WORDS)),
            store.getNode().getAddr().substring(DIGEST_FROM, DIGEST_TO));
  }
}
