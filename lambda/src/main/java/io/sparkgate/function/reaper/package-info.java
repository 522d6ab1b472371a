/** The decision about one session or job run: pure, it knows neither the service nor a clock. */
@NullMarked
package io.sparkgate.function.reaper;

import org.jspecify.annotations.NullMarked;
