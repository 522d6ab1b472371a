package io.sparkgate.lifecycle;

import io.sparkgate.border.TagKeys;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.List;
import software.amazon.awscdk.services.emrserverless.CfnApplication;

/** Whether the application still has its tag when all aspects have had their say. */
final class LifecycleTag {

  private static final String NEEDED =
      "leave it, because the function may stop only what carries it";

  private LifecycleTag() {}

  static List<String> problems(
      EmrServerlessApplication application, CfnApplication resource, String address) {
    String value = resource.getTags().tagValues().get(TagKeys.LIFECYCLE);
    if (value == null) {
      return List.of(
          "application %s lacks the tag %s, which an aspect removed; %s, and no update or deletion would pass"
              .formatted(application.getNode().getPath(), TagKeys.LIFECYCLE, NEEDED));
    }
    return value.equals(address)
        ? List.of()
        : List.of(
            "application %s has the tag %s with the value \"%s\" of an aspect; %s as this construct wrote it, and no update or deletion would pass"
                .formatted(application.getNode().getPath(), TagKeys.LIFECYCLE, value, NEEDED));
  }
}
