/** What a synthesized template says would be deployed. */
@NullMarked
package io.sparkgate.sandbox.template;

import org.jspecify.annotations.NullMarked;
