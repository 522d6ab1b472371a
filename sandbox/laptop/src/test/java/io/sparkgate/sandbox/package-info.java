/** The sandbox as a whole, as far as it needs no driver. */
@NullMarked
package io.sparkgate.sandbox;

import org.jspecify.annotations.NullMarked;
