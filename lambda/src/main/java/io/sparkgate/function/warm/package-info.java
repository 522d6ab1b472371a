/** Keeps an application started in working hours, and lets it go when nobody uses it after. */
@NullMarked
package io.sparkgate.function.warm;

import org.jspecify.annotations.NullMarked;
