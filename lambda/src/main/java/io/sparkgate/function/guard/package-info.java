/** Watches that the applications keep what CloudFormation would not put right again. */
@NullMarked
package io.sparkgate.function.guard;

import org.jspecify.annotations.NullMarked;
