package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ranges;
import io.sparkgate.internal.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.SecurityGroup;

/**
 * Whom rules let in that were written past {@code allowClients}, as by {@code getConnections()}:
 * looked at when all are there, so at synthesis.
 */
final class GroupRules {

  private GroupRules() {}

  /** What is wrong with the rules of who may speak with the server itself. */
  static List<String> ofServer(Findings findings, SecurityGroup access) {
    List<Object> ranges = inline(access);
    List<CfnSecurityGroupIngress> apart = apart(access);
    findings.warnIf(
        !ranges.isEmpty() || apart.stream().anyMatch(rule -> !isOfAnEndpoint(rule)),
        "unauthenticatedPeers",
        """
        a rule of the access group lets callers reach the server past an endpoint, in plain text: \
        without an endpoint the server refuses them, and behind mutual TLS they may call themselves \
        anybody; let clients in by allowClients of an endpoint, or acknowledge this if you trust \
        whom you let in""");
    return tooWide(
        ranges,
        apart,
        "a rule of the access group lets in %s, which is everybody or wider than any network of one's own, and the server speaks plain text; leave it out: people come by grantTunnel, or by allowClients of an endpoint");
  }

  /** What is wrong with the rules of who may call a load balancer. */
  static List<String> ofFront(SecurityGroup front) {
    return tooWide(
        inline(front),
        apart(front),
        "a rule of the load balancer's group lets in %s, which is everybody or wider than any network of one's own; name the ranges that clients come from, by allowClients");
  }

  private static List<String> tooWide(
      List<Object> inline, List<CfnSecurityGroupIngress> apart, String message) {
    return Stream.concat(
            inline.stream()
                .map(rule -> (Map<?, ?>) rule)
                .flatMap(rule -> Stream.of(text(rule.get("cidrIp")), text(rule.get("cidrIpv6")))),
            apart.stream()
                .flatMap(rule -> Stream.of(text(rule.getCidrIp()), text(rule.getCidrIpv6()))))
        .filter(range -> Ranges.isEverybody(range) || Ranges.isWide(range))
        .map(message::formatted)
        .toList();
  }

  private static String text(@Nullable Object range) {
    return range == null ? "" : String.valueOf(range);
  }

  private static boolean isOfAnEndpoint(CfnSecurityGroupIngress rule) {
    return rule.getNode().getId().equals(EndpointFront.RULE)
        && rule.getSourceSecurityGroupId() != null;
  }

  private static List<Object> inline(SecurityGroup group) {
    CfnSecurityGroup resource = (CfnSecurityGroup) group.getNode().getDefaultChild();
    return Stack.of(group).resolve(resource.getSecurityGroupIngress()) instanceof List<?> rules
        ? new ArrayList<>(rules)
        : List.of();
  }

  /** Those that are resources of their own, in the group's stack. */
  private static List<CfnSecurityGroupIngress> apart(SecurityGroup group) {
    Stack stack = Stack.of(group);
    Object id = stack.resolve(group.getSecurityGroupId());
    return Resources.below(
            stack, CfnSecurityGroupIngress.class, CfnSecurityGroupIngress.CFN_RESOURCE_TYPE_NAME)
        .stream()
        .filter(rule -> id.equals(stack.resolve(rule.getGroupId())))
        .toList();
  }
}
