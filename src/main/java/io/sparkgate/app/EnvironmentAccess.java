package io.sparkgate.app;

import io.sparkgate.access.People;
import io.sparkgate.delivery.CiAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Stack;

/** How the CI comes into the account of an environment, and who tests it besides. */
final class EnvironmentAccess {

  private static final String PROVIDER =
      "arn:aws[a-z-]*:iam::\\d{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com";

  private EnvironmentAccess() {}

  /** {@return the roles of the CI, if one deploys the environment} */
  static Optional<CiAccess> ci(Stack stack, String name, Settings settings, Delivery delivery) {
    Optional<String> provider =
        settings.text(
            "oidcProvider",
            PROVIDER,
            "the ARN of GitHub's provider in the account, such as"
                + " \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"");
    if (provider.isPresent() && !(delivery.reaches(name) && delivery.gitHub().isPresent())) {
      throw settings.wrong(
          "oidcProvider",
          provider.get(),
          "one only for an environment of 'promotion' where cdk.json has the section 'github'; leave it out");
    }
    if (!delivery.reaches(name)) {
      return Optional.empty();
    }
    CiAccess.Builder access =
        CiAccess.Builder.create(stack, "Ci", name).roleNamePrefix(PipelineRole.entryPrefix(name));
    delivery.gitHub().ifPresent(access::gitHub);
    provider.ifPresent(access::gitHubProvider);
    delivery
        .pipeline()
        .ifPresent(
            pipeline -> {
              Optional<String> account = pipeline.destination().account();
              requireWhereTheAccountsDiffer(name, settings, account);
              access.deployedBy(PipelineRole.DEPLOY.asTrusted(name, account));
              if (delivery.isGated(name)) {
                access.gatedBy(PipelineRole.GATE.asTrusted(name, account));
              }
            });
    return Optional.of(access.build());
  }

  private static void requireWhereTheAccountsDiffer(
      String name, Settings settings, Optional<String> account) {
    if (account.isEmpty() && Destination.of(settings).account().isPresent()) {
      throw new BadSetting(
          "cdk.json: pipeline lacks the setting 'account', and environments.%s has one: its roles must know the account whose pipeline they trust; add the account of the pipeline, also if it is the same"
              .formatted(name));
    }
  }

  /** {@return who becomes a developer beside {@code developers}, or beside the account} */
  static Optional<People> testers(List<String> smokeTestedBy, Optional<CiAccess> ci) {
    List<String> roles = new ArrayList<>(smokeTestedBy);
    ci.ifPresent(access -> roles.add(access.getDeployRole().getRoleArn()));
    return roles.isEmpty() ? Optional.empty() : Optional.of(People.roles(roles));
  }
}
