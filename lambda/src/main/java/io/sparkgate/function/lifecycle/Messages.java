package io.sparkgate.function.lifecycle;

import io.sparkgate.border.TagKeys;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.resource.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What CloudFormation shows to the one who deploys. */
final class Messages {

  private static final int MAX_NAMED = 10;

  private Messages() {}

  static String inUse(Target target, List<Work> live) {
    return naming(
        "Application %s is in use by %s, and is not %s while it is: "
            .formatted(target.application(), counts(live), target.verb()),
        live,
        ". It was left as it is. "
            + remedy(target, live)
            + target.unlessDeletion(
                "; or let the deployment do it with StopPolicy.drain(…) or StopPolicy.terminate()")
            + "."
            + target.hint());
  }

  static String drainedTooLong(Target target, List<Work> live, Duration waited) {
    return naming(
        "Application %s is still in use by %s after a wait of %d minutes, and is not %s while it is: "
            .formatted(target.application(), counts(live), waited.toMinutes(), target.verb()),
        live,
        ". It was left as it is. "
            + remedy(target, live)
            + target.unlessDeletion(
                "; or give it longer with StopPolicy.drain(…), or have the rest ended with"
                    + " StopPolicy.terminate()")
            + "."
            + target.hint());
  }

  /** The deadline passed over an application that was seen. */
  static String tooLate(
      Target target, Observation seen, Duration since, Optional<String> lastError) {
    String what = counts(seen.work());
    return Texts.limited(
        "Application %s is still %s%s after %d minutes, and is not %s.%s"
            .formatted(
                target.application(),
                seen.state() == ApplicationState.UNKNOWN
                    ? "in a state that this version of Sparkgate does not know"
                    : seen.state(),
                what.isEmpty() ? "" : " with " + what,
                since.toMinutes(),
                target.verb(),
                lastError.map(error -> " The last error: " + error + ".").orElse("")),
        " %s, then %s."
                .formatted(
                    seen.state().running() && seen.work().isEmpty()
                        ? "Stop it (aws emr-serverless stop-application --application-id %s)"
                            .formatted(target.application())
                        : "Wait until it is STOPPED",
                    target.again())
            + target.hint());
  }

  /** The deadline passed and nothing can be seen. */
  static String unseen(Target target, Duration since, String lastError) {
    return Texts.limited(
        "Whether application %s is stopped cannot be found out for %d minutes, and it is not %s"
                .formatted(target.application(), since.toMinutes(), target.verb())
            + " unless it is. The last error: "
            + lastError
            + ".",
        " When the service answers, " + target.again() + "." + target.hint());
  }

  static String denied(Target target, ServiceCallException e) {
    String remedy =
        switch (e.operation()) {
          case "TerminateSession", "CancelJobRun" ->
              target.unlessDeletion(
                      "deploy the change of policy to TERMINATE first, without a change of the"
                          + " application; ")
                  + "if it was replaced, end its work and delete it by hand";
          case "DescribeStacks", "DescribeStackResource" ->
              "allow it on the stack, in the function's role and in whatever limits that role";
          default ->
              "see that it carries the tag "
                  + TagKeys.LIFECYCLE
                  + " = <name of the stack>/<its logical"
                  + " id>, and that nothing else limits the function's role";
        };
    return Texts.limited(
        "The function may not call %s for application %s, which is not %s before: %s."
            .formatted(e.operation(), target.application(), target.verb(), Texts.error(e)),
        " What to do: " + remedy + "." + target.hint());
  }

  /** As in "2 sessions and 1 job run"; empty for none. */
  static String counts(List<Work> work) {
    StringJoiner counts = new StringJoiner(" and ");
    for (Work.Kind kind : Work.Kind.values()) {
      long count = of(kind, work).count();
      if (count > 0) {
        counts.add("%d %s%s".formatted(count, kind.noun(), count == 1 ? "" : "s"));
      }
    }
    return counts.toString();
  }

  private static String remedy(Target target, List<Work> live) {
    List<String> commands = new ArrayList<>();
    of(Work.Kind.SESSION, live)
        .findFirst()
        .ifPresent(
            session ->
                commands.add(
                    "aws emr-serverless terminate-session --application-id %s --session-id %s"
                        .formatted(target.application(), session.id())));
    of(Work.Kind.JOB_RUN, live)
        .findFirst()
        .ifPresent(
            jobRun ->
                commands.add(
                    "aws emr-serverless cancel-job-run --application-id %s --job-run-id %s"
                        .formatted(target.application(), jobRun.id())));
    return "End what is in the way (%s) or wait, then %s"
        .formatted(String.join("; ", commands), target.again());
  }

  private static Stream<Work> of(Work.Kind kind, List<Work> work) {
    return work.stream().filter(each -> each.kind() == kind);
  }

  /** Names as many as there is room for: what to do comes last and has to stay. */
  private static String naming(String head, List<Work> live, String tail) {
    int room = Texts.MAX_LENGTH - head.length() - tail.length() - ", and 99999 more".length();
    StringJoiner named = new StringJoiner(", ");
    int count = 0;
    for (Work work : live) {
      String name = name(work);
      if (count == MAX_NAMED || named.length() + ", ".length() + name.length() > room) {
        break;
      }
      named.add(name);
      count++;
    }
    int more = live.size() - count;
    return head + named + (more == 0 ? "" : ", and %d more".formatted(more)) + tail;
  }

  private static String name(Work work) {
    return "%s %s%s of %s (%s)"
        .formatted(
            work.kind().noun(),
            work.id(),
            quoted(work.name()),
            Texts.abbreviated(work.createdBy()),
            work.state());
  }

  private static String quoted(@Nullable String name) {
    return name == null ? "" : " '" + Texts.abbreviated(name) + "'";
  }
}
