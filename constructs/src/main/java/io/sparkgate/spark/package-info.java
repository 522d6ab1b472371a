/** Spark itself: its releases and its settings. */
@NullMarked
package io.sparkgate.spark;

import org.jspecify.annotations.NullMarked;
