/** CloudWatch Logs: what functions printed, and reading it. */
@NullMarked
package io.sparkgate.sandbox.logs;

import org.jspecify.annotations.NullMarked;
