/** What clients must know to connect, where they can read it. */
@NullMarked
package io.sparkgate.connection;

import org.jspecify.annotations.NullMarked;
