package io.sparkgate.app;

import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/** A stack of an environment: where it goes, and what it says of itself. */
abstract class EnvironmentStack extends Stack {

  EnvironmentStack(Construct scope, String name, String description, Settings settings) {
    super(
        scope,
        "SparkConnect-" + name,
        StackProps.builder()
            .env(Destination.of(settings).toEnvironment())
            .terminationProtection(settings.flag("terminationProtection"))
            .description(description)
            .build());
  }

  /** Asks CloudFormation rather than AWS at synthesis, so that no account is needed for it. */
  @Override
  public final List<String> getAvailabilityZones() {
    return IntStream.range(0, 2).mapToObj(i -> Fn.select(i, Fn.getAzs())).toList();
  }

  final IRole role(String id, String description, List<String> who) {
    return Role.Builder.create(this, id)
        .description(description)
        .assumedBy(PeopleSettings.principal(who))
        .build();
  }

  final void output(String id, String value, String description) {
    CfnOutput.Builder.create(this, id).value(value).description(description).build();
  }
}
