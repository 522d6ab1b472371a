/** What {@code ./cdkw synth} takes of a clean app, beside one that has nothing in it. */
@NullMarked
package io.sparkgate.benchmark.synthesis;

import org.jspecify.annotations.NullMarked;
