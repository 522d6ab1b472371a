package io.sparkgate.app;

import java.util.List;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What people need as who they are before they assume the developer or the submitter role. An
 * output and no grant: those whom the settings name are roles of others, which may be reserved, or
 * of another account, and to trust somebody is not to change them.
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

  /** The role itself reads where to submit. */
  static PolicyDocument toSubmit(IRole submitter) {
    return PolicyDocument.Builder.create()
        .statements(List.of(allow("sts:AssumeRole", List.of(submitter.getRoleArn()))))
        .build();
  }

  private static PolicyStatement allow(String action, List<String> resources) {
    return PolicyStatement.Builder.create().actions(List.of(action)).resources(resources).build();
  }
}
