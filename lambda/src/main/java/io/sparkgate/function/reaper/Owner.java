package io.sparkgate.function.reaper;

import io.sparkgate.border.TagKeys;
import org.jspecify.annotations.Nullable;

/** Whose a session or a job run is. */
public final class Owner {

  private static final String NOBODY = "unknown";

  private Owner() {}

  /** By its tag; else the last part of who started it, a role's session name or a user's. */
  public static String of(Seen<?> one) {
    String tag = one.tags().get(TagKeys.OWNER);
    if (tag != null && !tag.isBlank()) {
      return tag;
    }
    @Nullable String by = one.listed().createdBy();
    return by == null || by.isBlank() ? NOBODY : by.substring(by.lastIndexOf('/') + 1);
  }
}
