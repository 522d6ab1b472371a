/** A cluster of EMR on EC2 that serves Spark Connect, and what stands before it. */
@NullMarked
package io.sparkgate.cluster;

import org.jspecify.annotations.NullMarked;
