/**
 * Tells who is there, what it costs and what is about to end: metrics, events and records of usage;
 * and holds owners to their limits.
 */
@NullMarked
package io.sparkgate.function.monitor;

import org.jspecify.annotations.NullMarked;
