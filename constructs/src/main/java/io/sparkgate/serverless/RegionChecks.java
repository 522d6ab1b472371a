package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import java.util.List;

/**
 * Where CloudFormation can make an application with sessions.
 *
 * <p>Read from the resource schemas in cfn-lint 1.51.0. They say nothing about the service itself,
 * which has endpoints in more Regions, and AWS adds to them, so both lists only warn. An unresolved
 * Region is in neither.
 */
final class RegionChecks {

  private static final String ID = "regionWithoutSessions";
  private static final String AS_OF = " when this version was made";
  private static final String REMEDY =
      "; deploy the stack to another Region, or acknowledge this if it has by now";
  private static final List<String> WITHOUT_RESOURCE_TYPE =
      List.of("ap-east-2", "ap-southeast-6", "ap-southeast-7", "mx-central-1");
  private static final List<String> WITHOUT_SESSIONS =
      List.of(
          "cn-north-1",
          "cn-northwest-1",
          "me-central-1",
          "me-south-1",
          "us-gov-east-1",
          "us-gov-west-1");

  private RegionChecks() {}

  static void check(Findings findings, String region) {
    findings.warnIf(
        WITHOUT_RESOURCE_TYPE.contains(region),
        ID,
        () ->
            "CloudFormation had no AWS::EMRServerless::Application in " + region + AS_OF + REMEDY);
    findings.warnIf(
        WITHOUT_SESSIONS.contains(region),
        ID,
        () ->
            "CloudFormation could not enable sessions in "
                + region
                + ", where AWS::EMRServerless::Application had no SessionEnabled"
                + AS_OF
                + REMEDY);
  }
}
