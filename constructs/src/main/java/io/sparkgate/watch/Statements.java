package io.sparkgate.watch;

import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.List;
import java.util.function.Function;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;

/**
 * Permissions on many applications. The CDK spreads what is too much for one policy over several,
 * but only whole statements.
 */
final class Statements {

  private static final int RESOURCES = 25;

  private Statements() {}

  static void allow(
      Role role,
      String action,
      List<IEmrServerlessApplication> applications,
      Function<IEmrServerlessApplication, String> arn) {
    for (List<IEmrServerlessApplication> group :
        Watched.groups(applications, RESOURCES, Integer.MAX_VALUE)) {
      role.addToPolicy(
          PolicyStatement.Builder.create()
              .actions(List.of(action))
              .resources(group.stream().map(arn).toList())
              .build());
    }
  }
}
