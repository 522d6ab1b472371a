package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import software.amazon.awscdk.Aspects;

/** A queue in which nothing would ever wait. */
final class IdleQueue {

  private IdleQueue() {}

  /** Spoken once the tree is built, since who may start job runs is granted later. */
  static void checkAtSynth(EmrServerlessApplicationBase application) {
    Aspects.of(application)
        .add(
            node -> {
              if (node.getNode().getPath().equals(application.getNode().getPath())) {
                check(application);
              }
            });
  }

  private static void check(EmrServerlessApplicationBase application) {
    new Findings(application)
        .warnIf(
            application.traits().type().filter(ApplicationType::isInteractive).isPresent()
                && !application.startsJobRuns(),
            "queueWithoutJobs",
            """
            jobQueue has no effect on sessions, Livy and EMR Studio included, and this app lets nobody start a job run; leave it \
            out, or acknowledge this if others start them""");
  }
}
