/** Work at the pace that a service allows: token buckets, and the tasks that draw from them. */
@NullMarked
package io.sparkgate.function.pace;

import org.jspecify.annotations.NullMarked;
