/** What a user's program does with a session, for tests. */
@NullMarked
package io.sparkgate.sandbox.client;

import org.jspecify.annotations.NullMarked;
