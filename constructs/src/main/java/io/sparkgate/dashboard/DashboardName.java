package io.sparkgate.dashboard;

import java.util.regex.Pattern;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.constructs.Construct;

/**
 * A dashboard's name: the stack's, the Region and the path in the stack. CloudWatch keeps the
 * dashboards of all Regions of an account in one list, and overwrites one by another of its name.
 */
final class DashboardName {

  private static final int LONGEST = 255;
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9/-]+");

  private DashboardName() {}

  static String of(Construct dashboard) {
    Stack stack = Stack.of(dashboard);
    String path =
        dashboard
            .getNode()
            .getPath()
            .substring(stack.getNode().getPath().length())
            .replaceFirst("^/", "");
    String name =
        "%s-%s-%s"
            .formatted(
                stack.getStackName(),
                stack.getRegion(),
                PATH.matcher(path).matches() ? path.replace('/', '_') : hashed(dashboard));
    return name.length() > LONGEST && !Token.isUnresolved(name)
        ? "%s-%s".formatted(stack.getRegion(), hashed(dashboard))
        : name;
  }

  /** Of a path that is too long, or has what no name takes. */
  private static String hashed(Construct dashboard) {
    return Names.uniqueId(dashboard);
  }
}
