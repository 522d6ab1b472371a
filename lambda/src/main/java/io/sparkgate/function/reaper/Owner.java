package io.sparkgate.function.reaper;

import io.sparkgate.border.TagKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose a session or a job run is. */
public final class Owner {

  private static final String NOBODY = "unknown";

  private Owner() {}

  /** By its tag; else the last part of who started it, a role's session name or a user's. */
  public static String of(Seen<?> one) {
    return of(one.tags(), one.listed().createdBy());
  }

  /** The same of what is known of it otherwise. */
  public static String of(Map<String, String> tags, @Nullable String by) {
    String tag = tags.get(TagKeys.OWNER);
    if (tag != null && !tag.isBlank()) {
      return tag;
    }
    return by == null || by.isBlank() ? NOBODY : by.substring(by.lastIndexOf('/') + 1);
  }
}
