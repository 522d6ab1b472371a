/** The function of the template, run on its schedule as Lambda would. */
@NullMarked
package io.sparkgate.sandbox.lambda;

import org.jspecify.annotations.NullMarked;
