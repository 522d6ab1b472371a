package io.sparkgate.warm;

import io.sparkgate.internal.Findings;
import io.sparkgate.serverless.EmrServerlessApplication;
import software.constructs.Construct;

/** Stands in an application that has warm hours: a second function would undo what one does. */
final class KeptWarm extends Construct {

  private static final String ID = "KeptWarm";

  private final String by;

  private KeptWarm(EmrServerlessApplication application, Construct hours) {
    super(application, ID);
    by = hours.getNode().getPath();
  }

  static void by(Construct hours, EmrServerlessApplication application) {
    if (application.getNode().tryFindChild(ID) instanceof KeptWarm kept) {
      throw new Findings(hours)
          .error(
              """
              application received %s, which %s keeps warm already, and one would stop what the \
              other starts; leave one of them out"""
                  .formatted(application.getNode().getPath(), kept.by));
    }
    new KeptWarm(application, hours);
  }
}
