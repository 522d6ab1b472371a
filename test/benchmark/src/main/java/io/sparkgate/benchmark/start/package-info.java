/** How fast the function starts and sweeps, beside what one would write instead. */
@NullMarked
package io.sparkgate.benchmark.start;

import org.jspecify.annotations.NullMarked;
