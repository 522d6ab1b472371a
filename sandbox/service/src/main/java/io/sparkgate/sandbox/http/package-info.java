/** HTTP on the loopback address, for all that plays a service. */
@NullMarked
package io.sparkgate.sandbox.http;

import org.jspecify.annotations.NullMarked;
