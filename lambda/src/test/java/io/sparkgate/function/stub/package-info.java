/**
 * A stub of the session part of EMR Serverless, for tests: real rest-json over a real socket, and
 * every fault on demand.
 */
@NullMarked
package io.sparkgate.function.stub;

import org.jspecify.annotations.NullMarked;
