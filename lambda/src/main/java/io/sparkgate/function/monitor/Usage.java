package io.sparkgate.function.monitor;

import java.time.Duration;

/** What is assumed of the service's figures. */
final class Usage {

  /** After its end, the figures of a session are final: assumed, not seen. */
  static final Duration SETTLED = Duration.ofMinutes(2);

  /** A look that shows none yet is repeated for so long. */
  static final Duration PATIENCE = Duration.ofMinutes(30);

  private Usage() {}
}
