/** How a CI comes into the account of an environment: two roles, and who may assume them. */
@NullMarked
package io.sparkgate.delivery;

import org.jspecify.annotations.NullMarked;
