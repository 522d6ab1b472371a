package io.sparkgate.network;

import java.util.Locale;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;

/**
 * An AWS service that people and workers reach without the internet, through an interface endpoint.
 * Each is billed by the hour and zone, about USD 0.01 (secondary sources of 2026; check yours).
 */
public enum PrivateEndpoint {
  /** Where a session takes its Spark Connect calls; aws-cdk-lib has no constant for it. */
  SESSIONS("emr-serverless-services.sessions"),
  /** The API that starts sessions and hands out their endpoints. */
  EMR_SERVERLESS("emr-serverless"),
  /** The Spark UI of a session. */
  DASHBOARD("emr-serverless.dashboard"),
  /** CloudWatch Logs, for applications that write there. */
  LOGS("logs"),
  /** Security Token Service. */
  STS("sts"),
  /** Glue, for its Data Catalog. */
  GLUE("glue"),
  /** Key Management Service, for data encrypted with a key of yours. */
  KMS("kms"),
  /** Secrets Manager, for secrets that Spark's configuration refers to. */
  SECRETS_MANAGER("secretsmanager");

  private final String service;

  PrivateEndpoint(String service) {
    this.service = service;
  }

  /** The CDK puts the partition's prefix before the name. */
  InterfaceVpcEndpointAwsService service() {
    return InterfaceVpcEndpointAwsService.Builder.create(service).build();
  }

  /** As a construct id. */
  String id() {
    StringBuilder id = new StringBuilder();
    for (String word : name().split("_")) {
      id.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return id.toString();
  }
}
