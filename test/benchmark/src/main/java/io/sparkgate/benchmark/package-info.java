/** What Sparkgate costs in time, memory, calls and dollars, beside what one would use instead. */
@NullMarked
package io.sparkgate.benchmark;

import org.jspecify.annotations.NullMarked;
