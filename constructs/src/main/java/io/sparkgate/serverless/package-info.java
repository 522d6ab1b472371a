/**
 * The EMR Serverless application that hosts Spark Connect sessions, and the values that describe
 * it.
 */
@NullMarked
package io.sparkgate.serverless;

import org.jspecify.annotations.NullMarked;
