/**
 * The EMR Serverless application that hosts Spark Connect sessions, and the values that describe
 * it.
 */
@NullMarked
package io.sparkgate.application;

import org.jspecify.annotations.NullMarked;
