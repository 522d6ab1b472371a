/** The service's API, its states and its timers. */
@NullMarked
package io.sparkgate.sandbox.emrserverless;

import org.jspecify.annotations.NullMarked;
