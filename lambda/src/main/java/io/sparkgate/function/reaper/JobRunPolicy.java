package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which job runs have to go.
 *
 * @param exemptions the tags that protect a job run for ever, each by key and value
 * @param rules at least one
 */
public record JobRunPolicy(
    KeepTag keepTag, List<Map.Entry<String, String>> exemptions, List<JobRunRule> rules)
    implements Policy<ListedJobRun, JobRun> {

  public JobRunPolicy {
    exemptions = List.copyOf(exemptions);
    rules = List.copyOf(rules);
  }

  @Override
  public Decision decide(JobRun run, Instant now) {
    ListedJobRun listed = run.listed();
    if (!JobRunState.LIVE.contains(listed.state())) {
      return Decision.keep("a job run in state " + listed.state() + " is never touched");
    }
    Decision heaviest =
        rules.stream()
            .filter(rule -> rule.appliesTo(listed))
            .map(rule -> rule.check(listed, now))
            .max(Decision.WEIGHT)
            .orElseGet(
                () ->
                    Decision.keep(
                        "no rule applies to a job run of mode %s in state %s"
                            .formatted(listed.mode(), listed.state())));
    for (Map.Entry<String, String> tag : exemptions) {
      if (tag.getValue().equals(run.tags().get(tag.getKey()))) {
        return heaviest.exempt("protected by tag %s=%s".formatted(tag.getKey(), tag.getValue()));
      }
    }
    return keepTag.apply(heaviest, run.tags(), now);
  }

  @Override
  public Duration smallestLimit() {
    return rules.stream().map(JobRunRule::limit).min(Comparator.naturalOrder()).orElseThrow();
  }

  @Override
  public boolean mayBeDue(ListedJobRun run, Instant now) {
    return rules.stream().anyMatch(rule -> rule.isPassedBy(run, now));
  }

  @Override
  public Instant earliest(ListedJobRun run, Instant seen) {
    return rules.stream()
        .map(rule -> rule.earliest(run, seen))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Override
  public Instant earliest(JobRun run, Instant seen) {
    return JobRunState.LIVE.contains(run.listed().state())
        ? earliest(run.listed(), seen)
        : Instant.MIN;
  }
}
