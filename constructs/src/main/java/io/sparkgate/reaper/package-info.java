/** Ends sessions that nobody uses, whatever idle timeout their callers asked for. */
@NullMarked
package io.sparkgate.reaper;

import org.jspecify.annotations.NullMarked;
