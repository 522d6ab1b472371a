/**
 * Seeing who uses what: {@link io.sparkgate.monitor.SessionMonitor} tells metrics and events and
 * keeps {@link io.sparkgate.monitor.UsageStore records of usage}, warns before sessions end, and
 * holds owners to {@link io.sparkgate.monitor.OwnerLimits limits}.
 */
@NullMarked
package io.sparkgate.monitor;

import org.jspecify.annotations.NullMarked;
