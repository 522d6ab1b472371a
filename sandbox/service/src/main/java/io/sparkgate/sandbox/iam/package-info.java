/** Who calls, and what the policies of the template allow them. */
@NullMarked
package io.sparkgate.sandbox.iam;

import org.jspecify.annotations.NullMarked;
