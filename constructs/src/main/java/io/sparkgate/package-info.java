/** A governed Spark Connect service on Amazon EMR Serverless: everything, wired. */
@NullMarked
package io.sparkgate;

import org.jspecify.annotations.NullMarked;
