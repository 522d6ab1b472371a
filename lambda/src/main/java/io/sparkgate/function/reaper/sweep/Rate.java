package io.sparkgate.function.reaper.sweep;

/**
 * How many requests a service takes: so many at once, and so many more each second.
 *
 * @param perSecond more than zero
 * @param burst one or more
 */
record Rate(double perSecond, int burst) {}
