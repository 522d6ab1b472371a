/** What idle sessions cost in dollars, with and without the reaper, in a simulation. */
@NullMarked
package io.sparkgate.benchmark.cost;

import org.jspecify.annotations.NullMarked;
