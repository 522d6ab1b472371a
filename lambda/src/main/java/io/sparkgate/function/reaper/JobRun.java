package io.sparkgate.function.reaper;

import static java.util.Objects.requireNonNull;

import io.sparkgate.border.TagKeys;
import java.util.Map;

/** All that a decision about a job run rests on. */
public record JobRun(ListedJobRun listed, Map<String, String> tags) implements Seen<ListedJobRun> {

  public JobRun {
    tags.forEach((key, value) -> requireNonNull(value, () -> "tag " + key + " has no value"));
    tags = Map.copyOf(tags);
  }

  @Override
  public boolean ended() {
    return listed.state().ended();
  }

  /** Whose it is, where a tag says so. */
  @Override
  public Map<String, String> details() {
    String owner = tags.get(TagKeys.OWNER);
    return owner == null ? Map.of() : Map.of("owner", owner);
  }
}
