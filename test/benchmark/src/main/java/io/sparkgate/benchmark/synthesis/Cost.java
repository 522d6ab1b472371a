package io.sparkgate.benchmark.synthesis;

/**
 * What one synthesis took.
 *
 * @param wall seconds until it ended
 * @param cpu seconds of processor time, of all processes together
 */
record Cost(double wall, double cpu) {}
