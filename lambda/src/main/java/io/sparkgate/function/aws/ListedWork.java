package io.sparkgate.function.aws;

import io.sparkgate.function.reaper.Listed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a list tells of a session or a job run, over or not.
 *
 * @param updatedAt when the service last changed it, if it says so
 */
public record ListedWork(Listed listed, @Nullable Instant updatedAt) {

  public String id() {
    return listed.id();
  }
}
