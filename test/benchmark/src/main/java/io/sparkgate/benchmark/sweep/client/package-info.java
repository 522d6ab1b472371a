/** What runs in a process of its own and sweeps once: the function, and plain loops. */
@NullMarked
package io.sparkgate.benchmark.sweep.client;

import org.jspecify.annotations.NullMarked;
