/**
 * The role that sessions run as, the role that developers assume, and the owner tag that keeps one
 * developer out of another's session.
 */
@NullMarked
package io.sparkgate.access;

import org.jspecify.annotations.NullMarked;
