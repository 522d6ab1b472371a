/**
 * What people look at: {@link io.sparkgate.dashboard.SparkConnectDashboard} first, what {@link
 * io.sparkgate.dashboard.SparkConnectAlarms} tell, and {@link io.sparkgate.dashboard.LogQueries}
 * for why something was kept or ended.
 */
@NullMarked
package io.sparkgate.dashboard;

import org.jspecify.annotations.NullMarked;
