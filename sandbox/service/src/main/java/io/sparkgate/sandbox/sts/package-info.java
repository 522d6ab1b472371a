/** STS: who a caller is, and becoming a role. */
@NullMarked
package io.sparkgate.sandbox.sts;

import org.jspecify.annotations.NullMarked;
