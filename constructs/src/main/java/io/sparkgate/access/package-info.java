/**
 * Who may do what with sessions: the role that sessions run as, the personas that people get, and
 * the owner tag that keeps one developer out of another's session.
 */
@NullMarked
package io.sparkgate.access;

import org.jspecify.annotations.NullMarked;
