/** Draws a dashboard as a page, from the body that a template gives CloudWatch. */
@NullMarked
package io.sparkgate.sandbox.dashboard;

import org.jspecify.annotations.NullMarked;
