/** JSON with the parser that the SDK brings: any value, or strictly, as a configuration. */
@NullMarked
package io.sparkgate.function.json;

import org.jspecify.annotations.NullMarked;
