package io.sparkgate.internal;

import java.util.Map;

/** A resource that says what of it a deployment may change. */
public interface ResolvedContent {

  /**
   * Returns all that an update of the resource could change, its tags and overrides included, to
   * see whether two deployments differ. Known only at synthesis, so call it from a {@link
   * software.amazon.awscdk.Lazy}.
   *
   * @return by property, such as {@code maximumCapacity}: maps, lists, strings, numbers and flags,
   *     with CloudFormation's intrinsic functions
   */
  Map<String, Object> content();
}
