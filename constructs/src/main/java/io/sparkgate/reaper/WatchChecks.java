package io.sparkgate.reaper;

import io.sparkgate.application.IEmrServerlessApplication;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.constructs.Construct;

/** Whether the function can reach what it is to watch: it gets ids, and calls its own Region. */
final class WatchChecks {

  private WatchChecks() {}

  static void check(Construct reaper, IEmrServerlessApplication application) {
    if (Token.isUnresolved(application.getApplicationArn())) {
      return;
    }
    Stack stack = Stack.of(reaper);
    ArnComponents arn =
        stack.splitArn(application.getApplicationArn(), ArnFormat.SLASH_RESOURCE_NAME);
    if (differ(arn.getRegion(), stack.getRegion())
        || differ(arn.getAccount(), stack.getAccount())) {
      throw new IllegalArgumentException(
          ("%s: watch received %s of %s and account %s, but the function sees only applications of"
                  + " its own, %s and %s; put a reaper into a stack of that Region and account")
              .formatted(
                  reaper.getNode().getPath(),
                  application.getNode().getPath(),
                  arn.getRegion(),
                  arn.getAccount(),
                  stack.getRegion(),
                  stack.getAccount()));
    }
  }

  private static boolean differ(String one, String other) {
    return !Token.isUnresolved(one) && !Token.isUnresolved(other) && !one.equals(other);
  }
}
