/**
 * What all handlers share: the shell of an invocation, and JSON with the parser that the SDK
 * brings, strictly read as a configuration.
 */
@NullMarked
package io.sparkgate.function;

import org.jspecify.annotations.NullMarked;
