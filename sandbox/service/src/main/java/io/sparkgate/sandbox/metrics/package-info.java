/** CloudWatch's metrics: data points, what emits them, and what widgets and alarms make of them. */
@NullMarked
package io.sparkgate.sandbox.metrics;

import org.jspecify.annotations.NullMarked;
