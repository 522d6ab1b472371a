package io.sparkgate.cluster;

import io.sparkgate.border.ClusterHooks;
import io.sparkgate.border.Handlers;
import io.sparkgate.border.TagKeys;
import io.sparkgate.internal.ClusterPermissions;
import io.sparkgate.internal.PatientFunction;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** What answers the custom resources of a cluster and of its endpoint. */
final class ClusterFunction {

  private final PatientFunction function;

  /**
   * Makes the function.
   *
   * @param longestDrainMinutes 0 if a deletion waits for nobody
   */
  ClusterFunction(Construct scope, int longestDrainMinutes) {
    function =
        new PatientFunction(
            new Construct(scope, "Hooks"),
            Handlers.CLUSTER,
            "Waits for Spark Connect on a cluster, and refuses what loses work",
            ClusterPermissions.hooks(Stack.of(scope), address(scope)),
            Duration.minutes(Math.max(ClusterHooks.SERVER_MINUTES, longestDrainMinutes)));
  }

  /** The tag by which the function knows the clusters of this construct, replaced ones too. */
  static CfnTag tag(Construct scope) {
    return CfnTag.builder().key(TagKeys.LIFECYCLE).value(address(scope)).build();
  }

  private static String address(Construct scope) {
    return Aws.STACK_NAME + "/" + scope.getNode().getAddr();
  }

  /** Lets the function look at the cluster, which waits for the function. */
  IConstruct mayWatch(String clusterArn) {
    return function.allowLater("Watch", ClusterPermissions.waiting(clusterArn));
  }

  CustomResource resource(Construct scope, String id, String type, Map<String, Object> properties) {
    CustomResource resource =
        CustomResource.Builder.create(scope, id)
            .resourceType(type)
            .serviceToken(function.serviceToken())
            .properties(properties)
            .build();
    resource.getNode().addDependency(function.ready().toArray(IConstruct[]::new));
    return resource;
  }
}
