/**
 * What every construct of this library uses and no user should: how findings are spoken, and where
 * things are. May change with any version; it is left out of the Javadoc.
 */
@NullMarked
package io.sparkgate.internal;

import org.jspecify.annotations.NullMarked;
