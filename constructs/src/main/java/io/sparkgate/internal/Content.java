package io.sparkgate.internal;

import java.util.Map;

/** A resource that says what is in it, to see whether two deployments differ. */
public interface Content {

  /**
   * Returns all that an update of the resource could change, tags and overrides included: resolved,
   * so only at synthesis.
   */
  Map<String, Object> content();
}
