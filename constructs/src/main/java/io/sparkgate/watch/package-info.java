/**
 * Watching applications and clusters: {@link io.sparkgate.watch.IdleSessionReaper} ends idle
 * sessions and {@link io.sparkgate.watch.IdleClusterReaper} idle clusters, {@link
 * io.sparkgate.watch.SessionGuard} and {@link io.sparkgate.watch.TakeoverAlarm} tell what went
 * wrong.
 */
@NullMarked
package io.sparkgate.watch;

import org.jspecify.annotations.NullMarked;
