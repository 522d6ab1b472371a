/** From StartSession to the first row in the sandbox, with and without its archive of classes. */
@NullMarked
package io.sparkgate.benchmark.session;

import org.jspecify.annotations.NullMarked;
