/** A cluster of EMR on EC2: its primary node, and its life. */
@NullMarked
package io.sparkgate.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
