/**
 * Clears the way for CloudFormation to update or delete a running application: look, decide, end
 * the work or refuse to, stop, wait.
 */
@NullMarked
package io.sparkgate.function.lifecycle;

import org.jspecify.annotations.NullMarked;
