/** Terminates clusters that nobody sends requests to. */
@NullMarked
package io.sparkgate.function.cluster.reaper;

import org.jspecify.annotations.NullMarked;
