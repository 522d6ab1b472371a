package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;

class OpenIngressTest {

  private final App app = new App();
  private final Stack stack = new Stack(app, "Stack");
  private final Vpc vpc = new Vpc(stack, "Vpc");

  @Test
  void rejectsARuleThatLetsTheIpv6InternetIn() {
    SecurityGroup group = group();
    applicationWith(group);
    group.addIngressRule(Peer.anyIpv6(), Port.tcp(443));
    rejects("securityGroups: Stack/Group lets ::/0 in (tcp 443)");
  }

  @Test
  void rejectsARuleThatLetsTheIpv4InternetIn() {
    SecurityGroup group = group();
    applicationWith(group);
    group.addIngressRule(Peer.anyIpv4(), Port.allTraffic());
    rejects("securityGroups: Stack/Group lets 0.0.0.0/0 in (-1)");
  }

  @Test
  void rejectsARuleThatStandsByItself() {
    SecurityGroup group = group();
    applicationWith(group);
    ingress(group.getSecurityGroupId());
    rejects("securityGroups: Stack/Group lets 0.0.0.0/0 in (tcp 22)");
  }

  @Test
  void rejectsARuleOnAnImportedGroup() {
    applicationWith(SecurityGroup.fromSecurityGroupId(stack, "Group", "sg-0123456789abcdef0"));
    ingress("sg-0123456789abcdef0");
    rejects("securityGroups: Stack/Group lets 0.0.0.0/0 in (tcp 22)");
  }

  @Test
  void knowsTheGroupByItsRefToo() {
    SecurityGroup group = group();
    applicationWith(group);
    ingress(((CfnSecurityGroup) group.getNode().getDefaultChild()).getRef());
    rejects("securityGroups: Stack/Group lets 0.0.0.0/0 in (tcp 22)");
  }

  @Test
  void knowsTheGroupInAnotherStack() {
    SecurityGroup group = group();
    applicationWith(group);
    CfnSecurityGroupIngress.Builder.create(new Stack(app, "Other"), "Rule")
        .groupId(((CfnSecurityGroup) group.getNode().getDefaultChild()).getRef())
        .ipProtocol("-1")
        .cidrIpv6("::/0")
        .build();
    rejects("securityGroups: Stack/Group lets ::/0 in (-1)");
  }

  @Test
  void knowsTheGroupWhenItIsImportedByTheIdOfAMadeOne() {
    SecurityGroup group = group();
    group.addIngressRule(Peer.anyIpv4(), Port.tcp(443));
    applicationWith(SecurityGroup.fromSecurityGroupId(stack, "Again", group.getSecurityGroupId()));
    rejects("securityGroups: Stack/Again lets 0.0.0.0/0 in (tcp 443)");
  }

  @Test
  void tellsTheGroupOfOneStackFromItsNamesakeInAnother() {
    applicationWith(group());
    Stack twin = new Stack(app, "Twin");
    CfnSecurityGroup namesake =
        (CfnSecurityGroup)
            SecurityGroup.Builder.create(twin, "Group")
                .vpc(new Vpc(twin, "Vpc"))
                .build()
                .getNode()
                .getDefaultChild();
    CfnSecurityGroupIngress.Builder.create(twin, "Rule")
        .groupId(namesake.getRef())
        .ipProtocol("-1")
        .cidrIp("0.0.0.0/0")
        .build();
    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/00", "10.1.2.3/0", "0:0:0:0:0:0:0:0/0", "0::0/0"})
  void knowsEverybodyInEverySpelling(String everybody) {
    SecurityGroup group = group();
    applicationWith(group);
    var rule =
        CfnSecurityGroupIngress.Builder.create(stack, "Rule")
            .groupId(group.getSecurityGroupId())
            .ipProtocol("-1");
    if (everybody.contains(":")) {
      rule.cidrIpv6(everybody).build();
    } else {
      rule.cidrIp(everybody).build();
    }
    rejects("securityGroups: Stack/Group lets " + everybody + " in (-1)");
  }

  @Test
  void acceptsIngressFromWithin() {
    SecurityGroup group = group();
    applicationWith(group);
    group.addIngressRule(Peer.ipv4("10.0.0.0/16"), Port.tcp(443));
    group.addIngressRule(group, Port.allTraffic());
    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  @Test
  void mindsItsOwnGroupsOnly() {
    applicationWith(group());
    SecurityGroup.Builder.create(stack, "Web")
        .vpc(vpc)
        .build()
        .addIngressRule(Peer.anyIpv4(), Port.tcp(443));
    ingress("sg-0123456789abcdef2");
    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  private SecurityGroup group() {
    return SecurityGroup.Builder.create(stack, "Group").vpc(vpc).build();
  }

  private void ingress(String groupId) {
    CfnSecurityGroupIngress.Builder.create(stack, "Rule")
        .groupId(groupId)
        .ipProtocol("tcp")
        .fromPort(22)
        .toPort(22)
        .cidrIp("0.0.0.0/0")
        .build();
  }

  private void applicationWith(ISecurityGroup group) {
    EmrServerlessApplication.Builder.create(stack, "App")
        .vpc(vpc)
        .securityGroups(List.of(group))
        .build();
  }

  private void rejects(String message) {
    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("[Stack/App] " + message)
        .hasMessageContaining("remove the rule, sessions need no ingress");
  }
}
