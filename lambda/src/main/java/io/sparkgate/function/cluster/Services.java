package io.sparkgate.function.cluster;

import io.sparkgate.function.aws.ServiceClient;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.emr.EmrClient;

/** The services that the custom resources of a cluster ask. */
record Services(
    EmrClient emr,
    ElasticLoadBalancingV2Client loadBalancing,
    CloudWatchClient cloudWatch,
    CloudFormationClient cloudFormation) {

  static Services fromEnvironment(Map<String, String> environment) {
    return new Services(
        ServiceClient.inEnvironment(ServiceClient.configured(EmrClient.builder()), environment)
            .build(),
        ServiceClient.inEnvironment(
                ServiceClient.configured(ElasticLoadBalancingV2Client.builder()), environment)
            .build(),
        ServiceClient.inEnvironment(
                ServiceClient.configured(CloudWatchClient.builder()), environment)
            .build(),
        ServiceClient.inEnvironment(
                ServiceClient.configured(CloudFormationClient.builder()), environment)
            .build());
  }
}
