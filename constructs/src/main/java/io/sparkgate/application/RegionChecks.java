package io.sparkgate.application;

import io.sparkgate.internal.Findings;
import java.util.List;

/**
 * Where CloudFormation can make an application with sessions.
 *
 * <p>Read from the resource schemas in cfn-lint 1.51.0. They say nothing about the service itself,
 * which has endpoints in more Regions. An unresolved Region is in neither list.
 */
final class RegionChecks {

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
    findings.errorIf(
        WITHOUT_RESOURCE_TYPE.contains(region),
        () ->
            "CloudFormation has no AWS::EMRServerless::Application in "
                + region
                + "; deploy the stack to another Region");
    findings.errorIf(
        WITHOUT_SESSIONS.contains(region),
        () ->
            "CloudFormation cannot enable sessions in "
                + region
                + ", where AWS::EMRServerless::Application has no SessionEnabled; deploy the stack"
                + " to another Region");
  }
}
