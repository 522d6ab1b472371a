package io.sparkgate.monitor;

import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.Statement;
import java.util.Locale;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ssm.CfnParameter;
import software.constructs.Construct;

/**
 * A parameter beside those of the connection, and not one of their ten: few people may read it, and
 * the client asks for it by itself.
 *
 * @param resource in the template
 * @param arn its ARN
 */
record BesideConnection(CfnParameter resource, String arn) {

  static BesideConnection text(
      Construct scope, String prefix, String name, String says, String value) {
    return of(scope, "String", prefix, name, says, value);
  }

  /** Of texts with commas between them. */
  static BesideConnection list(
      Construct scope, String prefix, String name, String says, String value) {
    return of(scope, "StringList", prefix, name, says, value);
  }

  /** The tier is said because an account can have another default. */
  private static BesideConnection of(
      Construct scope, String type, String prefix, String name, String says, String value) {
    String path = prefix + "/" + name;
    Stack stack = Stack.of(scope);
    return new BesideConnection(
        CfnParameter.Builder.create(scope, id(name))
            .name(path)
            .type(type)
            .tier("Standard")
            .value(value)
            .description(says)
            .build(),
        "arn:%s:ssm:%s:%s:parameter%s"
            .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount(), path));
  }

  Statement reading() {
    return MonitorPermissions.parameter(arn);
  }

  private static String id(String name) {
    StringBuilder id = new StringBuilder();
    for (String word : name.split("-")) {
      id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return id.toString();
  }
}
