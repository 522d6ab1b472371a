/** EventBridge: what is put on a bus, what rules make of it, and what arrives at their targets. */
@NullMarked
package io.sparkgate.sandbox.events;

import org.jspecify.annotations.NullMarked;
