/** Settings of Spark itself. */
@NullMarked
package io.sparkgate.spark;

import org.jspecify.annotations.NullMarked;
