package io.sparkgate.function.warm;

/**
 * What became of a look.
 *
 * @param word for the record
 * @param reason one sentence for a human
 */
record Outcome(String word, String reason) {}
