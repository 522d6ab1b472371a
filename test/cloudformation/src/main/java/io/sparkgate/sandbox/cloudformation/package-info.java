/** CloudFormation's part: stacks are created, updated, rolled back and deleted in its order. */
@NullMarked
package io.sparkgate.sandbox.cloudformation;

import org.jspecify.annotations.NullMarked;
