/** Calls to AWS as the functions make them: clients, limits, and what a failure means. */
@NullMarked
package io.sparkgate.function.aws;

import org.jspecify.annotations.NullMarked;
