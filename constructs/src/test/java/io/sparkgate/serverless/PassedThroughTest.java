package io.sparkgate.serverless;

import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.emrserverless.CfnApplication;

/** What the service's API has and CloudFormation's resource had not, as docs/checks.md says. */
class PassedThroughTest {

  private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/0123";

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void leavesWhatItHasNoSetterForToTheResource() {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App").build();
    CfnApplication resource = (CfnApplication) application.getNode().getDefaultChild();
    resource.addPropertyOverride("DiskEncryptionConfiguration.EncryptionKeyArn", KEY);
    resource.addPropertyOverride("JobLevelCostAllocationConfiguration.Enabled", true);
    Synth.hasApplication(
        stack,
        Map.of(
            "DiskEncryptionConfiguration",
            Map.of("EncryptionKeyArn", KEY),
            "JobLevelCostAllocationConfiguration",
            Map.of("Enabled", true),
            "InteractiveConfiguration",
            Match.objectLike(Map.of("SessionEnabled", true))));
  }
}
