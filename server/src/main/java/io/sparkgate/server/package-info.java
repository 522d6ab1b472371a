/**
 * What runs inside the Spark Connect server of a cluster: who may call, what is too large or too
 * new, and when the server ends because nobody uses it. Its classes are named in Spark's settings
 * and run in Spark 3.5 and 4.0.
 */
@NullMarked
package io.sparkgate.server;

import org.jspecify.annotations.NullMarked;
