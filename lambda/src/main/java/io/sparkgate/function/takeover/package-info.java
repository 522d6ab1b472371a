/** Judges whether who fetched a session's endpoint is who started the session. */
@NullMarked
package io.sparkgate.function.takeover;

import org.jspecify.annotations.NullMarked;
