/** One real Spark Connect server per session, and the TLS front before them. */
@NullMarked
package io.sparkgate.sandbox.spark;

import org.jspecify.annotations.NullMarked;
