/** One sweep over the sessions of the watched applications: find, decide, terminate, report. */
@NullMarked
package io.sparkgate.function.reaper;

import org.jspecify.annotations.NullMarked;
