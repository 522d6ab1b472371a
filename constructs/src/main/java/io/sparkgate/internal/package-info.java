/**
 * What every construct of this library uses and no user should: how findings are spoken, where
 * things are, how functions are made. May change with any version; it is left out of the Javadoc.
 */
@NullMarked
package io.sparkgate.internal;

import org.jspecify.annotations.NullMarked;
