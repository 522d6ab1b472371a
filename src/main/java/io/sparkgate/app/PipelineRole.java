package io.sparkgate.app;

import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;

/** What a project of the pipeline runs as. Its name is fixed, because an environment trusts it. */
enum PipelineRole {
  GATE("Gate"),
  DEPLOY("Deploy");

  private final String suffix;

  PipelineRole(String suffix) {
    this.suffix = suffix;
  }

  /** In the pipeline's account. */
  String nameFor(String environment) {
    return "SparkgatePipeline-" + environment + "-" + suffix;
  }

  /** In the environment's account: what such a project becomes. */
  String entryTo(String environment) {
    return entryPrefix(environment) + suffix;
  }

  static String entryPrefix(String environment) {
    return "SparkConnect-" + environment + "-";
  }

  /**
   * The role as a principal that need not exist yet: IAM refuses a trust in a role that is not
   * there, and neither of the two stacks shall have to be the first. IAM compares the name at each
   * call, so a role that is deleted and made again is trusted again.
   *
   * @param account the pipeline's, if it is another's
   */
  IPrincipal asTrusted(String environment, Optional<String> account) {
    String arn =
        "arn:%s:iam::%s:role/%s"
            .formatted(Aws.PARTITION, account.orElse(Aws.ACCOUNT_ID), nameFor(environment));
    return new PrincipalWithConditions(
        account.<IPrincipal>map(AccountPrincipal::new).orElseGet(AccountRootPrincipal::new),
        Map.of("ArnEquals", Map.of("aws:PrincipalArn", arn)));
  }
}
