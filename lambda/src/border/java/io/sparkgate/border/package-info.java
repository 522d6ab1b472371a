/**
 * The words that the constructs write and the functions read: compiled into both, so that neither
 * can spell them otherwise. Constants only, which the compiler copies to where they are used.
 */
@NullMarked
package io.sparkgate.border;

import org.jspecify.annotations.NullMarked;
