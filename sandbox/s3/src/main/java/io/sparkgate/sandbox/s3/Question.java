package io.sparkgate.sandbox.s3;

import java.util.Map;

/**
 * One question that a request to S3 asks of IAM.
 *
 * @param action for example {@code s3:GetObject}
 * @param resource what follows {@code arn:aws:s3:::}: a bucket, {@code bucket/key}, or {@code *}
 * @param context condition keys of S3 that the request has, for example {@code s3:prefix}
 */
public record Question(String action, String resource, Map<String, String> context) {

  /** Without condition keys. */
  public static Question of(String action, String resource) {
    return new Question(action, resource, Map.of());
  }
}
