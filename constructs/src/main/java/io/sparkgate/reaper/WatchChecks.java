package io.sparkgate.reaper;

import io.sparkgate.application.IEmrServerlessApplication;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Whether the function can reach what it is to watch: it gets ids, and calls its own Region. */
final class WatchChecks {

  private WatchChecks() {}

  static void check(Construct reaper, IEmrServerlessApplication application) {
    Place here = Place.of(Stack.of(reaper));
    Place there = Place.of(application);
    new Findings(reaper)
        .errorIf(
            there.differsFrom(here),
            () ->
                "watch received %s of %s, but the function sees only applications of its own, %s; put a reaper into a stack of that account and Region"
                    .formatted(application.getNode().getPath(), there, here));
  }
}
