/**
 * A stand-in for EMR Serverless that costs the machine little, since what is measured shares the
 * machine with it.
 */
@NullMarked
package io.sparkgate.benchmark.service;

import org.jspecify.annotations.NullMarked;
