/** Secrets Manager: the secrets of a template. */
@NullMarked
package io.sparkgate.sandbox.secrets;

import org.jspecify.annotations.NullMarked;
