package io.sparkgate.function.cluster;

import io.sparkgate.function.resource.Texts;
import java.util.StringJoiner;

/** Why a cluster is not replaced. */
final class ReplacementMessages {

  private ReplacementMessages() {}

  static String refused(Task.Replacement task) {
    String head =
        "This deployment would replace the cluster, because what it changes can be set at "
            + "its creation only: ";
    String tail =
        (". The cluster was not touched. With a replacement everybody loses their sessions, temporary views"
                + " and running queries, both clusters are billed for a while, and the new one has"
                + " another id. What to do: take these changes back, or consent by raising"
                + " the generation of the cluster in the same deployment (it is %s).")
            .formatted(Texts.abbreviated(task.generation()));
    int room = Texts.MAX_LENGTH - head.length() - tail.length() - ", and 999 more".length();
    StringJoiner named = new StringJoiner(", ");
    int count = 0;
    for (Task.Change change : task.changes()) {
      String name = "%s (%s → %s)".formatted(change.name(), change.before(), change.after());
      if (named.length() + ", ".length() + name.length() > room) {
        break;
      }
      named.add(name);
      count++;
    }
    int more = task.changes().size() - count;
    return head + named + (more == 0 ? "" : ", and %d more".formatted(more)) + tail;
  }
}
