/** What tells that something is wrong. */
@NullMarked
package io.sparkgate.observe;

import org.jspecify.annotations.NullMarked;
