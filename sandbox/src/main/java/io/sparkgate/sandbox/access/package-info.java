/** Who calls, and what the policies of the template allow them. */
@NullMarked
package io.sparkgate.sandbox.access;

import org.jspecify.annotations.NullMarked;
