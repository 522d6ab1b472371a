/**
 * Two watches over applications: whether they still take sessions, and whether somebody fetched the
 * endpoint of another's session.
 */
@NullMarked
package io.sparkgate.function.watch;

import org.jspecify.annotations.NullMarked;
