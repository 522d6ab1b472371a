/** Parameter Store of Systems Manager: the parameters of a template. */
@NullMarked
package io.sparkgate.sandbox.ssm;

import org.jspecify.annotations.NullMarked;
