package io.sparkgate.serverless;

import io.sparkgate.internal.Ranges;
import io.sparkgate.internal.Resources;
import io.sparkgate.internal.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.constructs.IConstruct;

/**
 * Finds ingress rules that let the whole internet in; with one of them the service refuses to
 * create, update and start the application.
 */
final class OpenIngress {

  private OpenIngress() {}

  static List<String> problems(List<ISecurityGroup> groups, IConstruct root) {
    List<CfnSecurityGroupIngress> rules =
        Resources.below(
            root, CfnSecurityGroupIngress.class, CfnSecurityGroupIngress.CFN_RESOURCE_TYPE_NAME);
    return groups.stream()
        .flatMap(group -> Stream.concat(inline(group), separate(group, rules)))
        .distinct()
        .toList();
  }

  private static Stream<String> inline(ISecurityGroup group) {
    return resource(group) instanceof CfnSecurityGroup resource
            && Stack.of(resource).resolve(resource.getSecurityGroupIngress())
                instanceof List<?> rules
        ? rules.stream()
            .filter(Map.class::isInstance)
            .map(Map.class::cast)
            .flatMap(
                rule ->
                    Stream.of(rule.get("cidrIp"), rule.get("cidrIpv6"))
                        .filter(OpenIngress::isEverybody)
                        .map(
                            source ->
                                problem(
                                    group, source, rule.get("ipProtocol"), rule.get("fromPort"))))
        : Stream.empty();
  }

  private static Stream<String> separate(
      ISecurityGroup group, List<CfnSecurityGroupIngress> rules) {
    if (rules.isEmpty()) {
      return Stream.empty();
    }
    Target given = Target.of(group.getSecurityGroupId());
    return rules.stream()
        .filter(rule -> rule.getGroupId() != null)
        .filter(rule -> Target.of(rule.getGroupId()).equals(given))
        .flatMap(
            rule ->
                Stream.of(rule.getCidrIp(), rule.getCidrIpv6())
                    .filter(OpenIngress::isEverybody)
                    .map(
                        source ->
                            problem(group, source, rule.getIpProtocol(), rule.getFromPort())));
  }

  /** Null for a group that this app does not make, also where it is imported by a made one's id. */
  private static @Nullable IConstruct resource(ISecurityGroup group) {
    IConstruct made = group.getNode().getDefaultChild();
    return made != null ? made : Target.resource(group.getSecurityGroupId());
  }

  private static boolean isEverybody(@Nullable Object source) {
    return source instanceof String cidr && Ranges.isEverybody(cidr);
  }

  private static String problem(
      ISecurityGroup group, Object source, Object protocol, Object fromPort) {
    return """
    securityGroups: %s lets %s in (%s%s), and the service refuses such a group; remove the rule, \
    sessions need no ingress"""
        .formatted(
            group.getNode().getPath(), source, protocol, fromPort == null ? "" : " " + fromPort);
  }
}
