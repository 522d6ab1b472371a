package io.sparkgate.app;

import software.constructs.Construct;

/** The CLI's {@code --no-staging}, which leaves assets where they are found. */
final class NoStaging {

  private NoStaging() {}

  /** An app in Java finds them in folders that are gone when it ends, the CDK's own among them. */
  static void refuse(Construct app) {
    Object disabled = app.getNode().tryGetContext("aws:cdk:disable-asset-staging");
    if (disabled != null && !String.valueOf(disabled).equals("false")) {
      throw new IllegalArgumentException(
          "--no-staging (context aws:cdk:disable-asset-staging) received "
              + disabled
              + ", but an app in Java takes no such thing: the CDK and this library hand out files of"
              + " temporary folders, which are gone before they could be deployed; leave it out");
    }
  }
}
