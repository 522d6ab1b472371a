package io.sparkgate.cluster;

import static java.util.Map.entry;

import io.sparkgate.internal.ClusterPermissions;
import io.sparkgate.internal.Ordered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.CfnInstanceProfile;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** Whom EMR acts as, and whom the nodes, and so everybody's queries, act as. */
final class ClusterRoles {

  private final GivenRole service;
  private final GivenRole node;
  private final CfnInstanceProfile profile;

  ClusterRoles(
      Construct scope, @Nullable IRole givenService, @Nullable IRole givenNode, String keyArn) {
    node = new GivenRole(scope, "nodeRole", givenNode == null ? nodeRole(scope) : givenNode);
    service =
        new GivenRole(
            scope, "serviceRole", givenService == null ? serviceRole(scope) : givenService);
    node.allow(ClusterPermissions.usesKey(keyArn));
    service.allow(ClusterPermissions.service(node.role().getRoleArn(), keyArn));
    service.warnIfUnchanged("iam:PassRole of the node role, and the key of the disks");
    profile =
        CfnInstanceProfile.Builder.create(scope, "InstanceProfile")
            .roles(List.of(node.role().getRoleName()))
            .build();
  }

  GivenRole node() {
    return node;
  }

  GivenRole service() {
    return service;
  }

  CfnInstanceProfile profile() {
    return profile;
  }

  List<IConstruct> ready() {
    List<IConstruct> ready = new ArrayList<>(service.ready());
    ready.addAll(node.ready());
    return ready;
  }

  private static Role nodeRole(Construct scope) {
    return Role.Builder.create(scope, "NodeRole")
        .description("What the nodes of the cluster, and so all queries, may do")
        .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
        .build();
  }

  /** For clusters of this account only, so that nobody else's request acts as it. */
  private static Role serviceRole(Construct scope) {
    Stack stack = Stack.of(scope);
    String clusters =
        stack.formatArn(
            ArnComponents.builder()
                .service("elasticmapreduce")
                .resource("*")
                .arnFormat(ArnFormat.NO_RESOURCE_NAME)
                .build());
    Map<String, Object> conditions =
        Ordered.map(
            entry("ArnLike", Map.of("aws:SourceArn", clusters)),
            entry("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())));
    return Role.Builder.create(scope, "ServiceRole")
        .description("What EMR does to run the cluster")
        .assumedBy(
            ServicePrincipal.Builder.create("elasticmapreduce.amazonaws.com")
                .conditions(conditions)
                .build())
        .managedPolicies(
            List.of(
                ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonEMRServicePolicy_v2")))
        .build();
  }
}
