/** The sweep as one writes it at first: correct, with every default, one call after the other. */
@NullMarked
package io.sparkgate.naive;

import org.jspecify.annotations.NullMarked;
