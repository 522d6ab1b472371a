package io.sparkgate.function.monitor;

import io.sparkgate.border.TagKeys;
import io.sparkgate.function.aws.Work;
import org.jspecify.annotations.Nullable;

/** Whose a session or a job run is. */
final class Owners {

  private static final String NOBODY = "unknown";

  private Owners() {}

  /** By its tag; else the last part of who started it, a role's session name or a user's. */
  static String of(Work work) {
    String tag = work.tags().get(TagKeys.OWNER);
    if (tag != null && !tag.isBlank()) {
      return tag;
    }
    @Nullable String by = work.listed().createdBy();
    return by == null || by.isBlank() ? NOBODY : by.substring(by.lastIndexOf('/') + 1);
  }
}
