package io.sparkgate.app;

import java.util.List;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What data scientists need as who they are before they assume the developer role. An output and no
 * grant: those whom the setting developers names are roles of others, which may be reserved, or of
 * another account, and to trust somebody is not to change them.
 */
final class ConnectPolicy {

  private ConnectPolicy() {}

  static PolicyDocument of(List<String> parameterArns, IRole developer) {
    return PolicyDocument.Builder.create()
        .statements(
            List.of(
                allow("ssm:GetParameters", parameterArns),
                allow("sts:AssumeRole", List.of(developer.getRoleArn()))))
        .build();
  }

  private static PolicyStatement allow(String action, List<String> resources) {
    return PolicyStatement.Builder.create().actions(List.of(action)).resources(resources).build();
  }
}
