package io.sparkgate.function.reaper.sweep;

import java.time.Duration;

/** The time that a sweep may still use; zero or less when it has to stop. */
@FunctionalInterface
interface Budget {
  Duration remaining();
}
