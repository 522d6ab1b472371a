/** How many calls the reaper's memory spares. */
@NullMarked
package io.sparkgate.benchmark.calls;

import org.jspecify.annotations.NullMarked;
