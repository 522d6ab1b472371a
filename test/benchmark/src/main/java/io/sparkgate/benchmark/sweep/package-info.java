/** One sweep of fleets large and small, by the function and by what one would use instead. */
@NullMarked
package io.sparkgate.benchmark.sweep;

import org.jspecify.annotations.NullMarked;
