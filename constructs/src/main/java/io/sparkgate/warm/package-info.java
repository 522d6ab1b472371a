/**
 * When an application's warm pool is kept: {@link io.sparkgate.warm.WarmHours} starts the
 * application before people come and lets it go after.
 */
@NullMarked
package io.sparkgate.warm;

import org.jspecify.annotations.NullMarked;
