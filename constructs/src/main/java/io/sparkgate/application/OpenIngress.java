package io.sparkgate.application;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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

  private static final List<String> EVERYBODY = List.of("0.0.0.0/0", "::/0");

  private OpenIngress() {}

  static List<String> problems(List<ISecurityGroup> groups, IConstruct root) {
    List<IConstruct> tree = root.getNode().findAll();
    return groups.stream()
        .flatMap(group -> Stream.concat(inline(group), separate(group, tree)))
        .distinct()
        .toList();
  }

  private static Stream<String> inline(ISecurityGroup group) {
    return group.getNode().getDefaultChild() instanceof CfnSecurityGroup resource
            && Stack.of(resource).resolve(resource.getSecurityGroupIngress())
                instanceof List<?> rules
        ? rules.stream()
            .filter(Map.class::isInstance)
            .map(Map.class::cast)
            .flatMap(
                rule ->
                    Stream.of(rule.get("cidrIp"), rule.get("cidrIpv6"))
                        .filter(Objects::nonNull)
                        .filter(EVERYBODY::contains)
                        .map(
                            source ->
                                problem(
                                    group, source, rule.get("ipProtocol"), rule.get("fromPort"))))
        : Stream.empty();
  }

  private static Stream<String> separate(ISecurityGroup group, List<IConstruct> tree) {
    return tree.stream()
        .filter(CfnSecurityGroupIngress.class::isInstance)
        .map(CfnSecurityGroupIngress.class::cast)
        .filter(rule -> group.getSecurityGroupId().equals(rule.getGroupId()))
        .flatMap(
            rule ->
                Stream.of(rule.getCidrIp(), rule.getCidrIpv6())
                    .filter(Objects::nonNull)
                    .filter(EVERYBODY::contains)
                    .map(
                        source ->
                            problem(group, source, rule.getIpProtocol(), rule.getFromPort())));
  }

  private static String problem(
      ISecurityGroup group, Object source, Object protocol, Object fromPort) {
    return "securityGroups: "
        + group.getNode().getPath()
        + " lets "
        + source
        + " in ("
        + protocol
        + (fromPort == null ? "" : " " + fromPort)
        + "), and the service refuses such a group; remove the rule, sessions need no ingress";
  }
}
