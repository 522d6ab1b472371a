package io.sparkgate.function.lifecycle;

import java.util.List;

/**
 * What one look at an application saw.
 *
 * @param work the sessions and job runs that are not over; looked for only while it is running
 */
record Observation(ApplicationState state, List<Work> work) {

  Observation {
    work = List.copyOf(work);
  }

  Observation(ApplicationState state) {
    this(state, List.of());
  }

  /** Those that nobody has told to end yet. */
  List<Work> live() {
    return work.stream().filter(each -> !each.ending()).toList();
  }
}
