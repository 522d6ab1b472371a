/** The Lambda functions that travel inside this library. */
@NullMarked
package io.sparkgate.function;

import org.jspecify.annotations.NullMarked;
