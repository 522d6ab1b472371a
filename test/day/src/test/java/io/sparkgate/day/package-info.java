/** A day of five people in the sandbox's service, played by hand. */
@NullMarked
package io.sparkgate.day;

import org.jspecify.annotations.NullMarked;
