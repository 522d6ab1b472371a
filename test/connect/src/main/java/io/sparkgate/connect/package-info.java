/** What a user's program does with a session, for tests. */
@NullMarked
package io.sparkgate.connect;

import org.jspecify.annotations.NullMarked;
