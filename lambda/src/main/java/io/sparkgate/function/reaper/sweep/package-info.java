/**
 * How the reaper goes round: lists, looks, asks the decision of {@code reaper}, ends, reports; and
 * the pace of its calls.
 */
@NullMarked
package io.sparkgate.function.reaper.sweep;

import org.jspecify.annotations.NullMarked;
