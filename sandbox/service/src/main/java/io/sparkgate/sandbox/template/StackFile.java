package io.sparkgate.sandbox.template;

import java.nio.file.Path;

/** A stack's template and where the stack would be deployed. */
record StackFile(Path template, String stack, String account, String region) {

  /** AWS's own example values, for a stack that does not say where it goes. */
  static final String ANY_ACCOUNT = "111122223333";

  static final String ANY_REGION = "us-east-1";

  String partition() {
    return partitionOf(region);
  }

  /** What {@code AWS::Partition} is in a Region. */
  static String partitionOf(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  String urlSuffix() {
    return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  }

  /** What AWS::StackId gives. */
  String stackId() {
    return arn("cloudformation", "stack/" + stack + "/" + MadeUp.uuid(stack));
  }

  /** The ARN of something in this account and Region. */
  String arn(String service, String resource) {
    return String.join(":", "arn", partition(), service, region, account, resource);
  }

  /** The ARN of something of IAM, which has no Region. */
  String iamArn(String resource) {
    return String.join(":", "arn", partition(), "iam", "", account, resource);
  }
}
