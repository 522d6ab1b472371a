package io.sparkgate.function.cluster;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** What a load balancer thinks of a target. */
final class Targets {

  private final ElasticLoadBalancingV2Client client;
  private final Calls calls;

  Targets(ElasticLoadBalancingV2Client client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /**
   * The health of a target.
   *
   * @param state by the service's name
   * @param reason the service's code, as in {@code Target.Timeout}; null where it gives none
   * @param description the service's own words; null where it has none
   */
  record Health(String state, @Nullable String reason, @Nullable String description) {

    boolean isHealthy() {
      return state.equals("healthy");
    }
  }

  Health look(Task.Health task) throws ServiceCallException {
    DescribeTargetHealthRequest.Builder request =
        DescribeTargetHealthRequest.builder()
            .targetGroupArn(task.targetGroupArn())
            .targets(TargetDescription.builder().id(task.instanceId()).port(task.port()).build());
    List<TargetHealthDescription> found =
        calls
            .make(
                "DescribeTargetHealth",
                limit -> client.describeTargetHealth(request.overrideConfiguration(limit).build()))
            .targetHealthDescriptions();
    if (found.isEmpty()) {
      return new Health("unused", "Target.NotRegistered", null);
    }
    TargetHealth health = found.get(0).targetHealth();
    return new Health(health.stateAsString(), health.reasonAsString(), health.description());
  }
}
