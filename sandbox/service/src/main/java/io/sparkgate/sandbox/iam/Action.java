package io.sparkgate.sandbox.iam;

import java.util.List;
import java.util.Map;

/**
 * One authorization question, as IAM sees it. A request may ask several: StartSession with tags is
 * also TagResource and iam:PassRole.
 *
 * @param name for example {@code emr-serverless:StartSession}
 * @param resource the ARN acted upon
 * @param requestTags the tags in the request, {@code aws:RequestTag/…}
 * @param tagKeys the keys of tags in the request, {@code aws:TagKeys}
 * @param resourceTags the tags that the resource has, {@code aws:ResourceTag/…}
 * @param context other single-valued keys, for example {@code iam:PassedToService}
 */
public record Action(
    String name,
    String resource,
    Map<String, String> requestTags,
    List<String> tagKeys,
    Map<String, String> resourceTags,
    Map<String, String> context) {

  /** Without tags in the request and without other context. */
  public static Action on(String name, String resource, Map<String, String> resourceTags) {
    return new Action(name, resource, Map.of(), List.of(), resourceTags, Map.of());
  }
}
