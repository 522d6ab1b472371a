package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.Bucket;

/** In which order CloudFormation makes a cluster and what it needs, and deletes them. */
class ClusterOrderTest {

  private static Stack stack;
  private static Map<?, ?> resources;

  @BeforeAll
  static void synthesize() {
    App app = new App();
    stack = new Stack(app, "Here");
    SparkConnectCluster cluster =
        SparkConnectCluster.Builder.create(stack, "Cluster").restart(3).build();
    Bucket.Builder.create(stack, "Lake").build().grantRead(cluster.getNodeRole());
    Role people = role(stack);
    cluster.grantTunnel(people);
    cluster.keepUntilDeleted(people, role(new Stack(app, "There")));
    cluster.getConnections().allowDefaultPortFrom(Peer.ipv4("10.1.0.0/16"));
    resources = (Map<?, ?>) Template.fromStack(stack).toJSON().get("Resources");
  }

  @Test
  void startsItOnlyWhenItsNetworkLeadsSomewhere() {
    assertThat(before("AWS::EMR::Cluster"))
        .containsAll(all("AWS::EC2::VPCEndpoint"))
        .containsAll(all("AWS::EC2::SubnetRouteTableAssociation"));
  }

  /** What the deletion waits for is deleted after it, so not at all where it is refused. */
  @Test
  void keepsAllThatPeopleNeedUntilTheDeletionIsNotRefused() {
    assertThat(before("Custom::SparkgateBeforeDelete"))
        .containsAll(all("AWS::EC2::VPCEndpoint"))
        .containsAll(all("AWS::EC2::SubnetRouteTableAssociation"))
        .containsAll(all("AWS::SSM::Document"))
        .containsAll(all("AWS::S3::BucketPolicy"))
        .containsAll(all("AWS::IAM::InstanceProfile"))
        .anyMatch(id -> id.startsWith("ClusterNodeRoleDefaultPolicy"))
        .anyMatch(id -> id.startsWith("PeopleDefaultPolicy"));
  }

  @Test
  void warnsOfWhatItCannotKeep() {
    assertThat(Synth.warnings(stack).toString())
        .contains(
            "keepUntilDeleted received There/People of stack There, but keeps only what is in stack"
                + " Here; delete stack Here first, and There when it is gone",
            "@sparkgate/constructs:keptElsewhere");
  }

  @Test
  void runsTheStepAgainForWhoAsksForARestart() {
    assertThat(properties("AWS::EMR::Step").toString()).contains("spark.sparkgate.restart=3");
  }

  @Test
  void warnsOfPeersThatItsServerRefuses() {
    assertThat(Synth.warnings(stack).toString())
        .contains("a rule of the access group lets callers reach", "unauthenticatedPeers");
  }

  @Test
  void refusesEverybodyAtTheServer() {
    Stack open = new Stack();
    SparkConnectCluster.Builder.create(open, "Cluster")
        .build()
        .getConnections()
        .allowDefaultPortFromAnyIpv4();

    assertThatThrownBy(() -> Template.fromStack(open))
        .hasMessageContaining(
            "a rule of the access group lets in 0.0.0.0/0, which is everybody or wider than any");
  }

  private static Role role(Stack stack) {
    return Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();
  }

  private static Set<String> all(String type) {
    Set<String> ids = new TreeSet<>();
    resources.forEach(
        (id, resource) -> {
          if (type.equals(((Map<?, ?>) resource).get("Type"))) {
            ids.add(String.valueOf(id));
          }
        });
    assertThat(ids).as(type).isNotEmpty();
    return ids;
  }

  private static Object properties(String type) {
    return ((Map<?, ?>) resources.get(all(type).iterator().next())).get("Properties");
  }

  /** All that the one resource of a type waits for, itself or by what it waits for. */
  private static Set<String> before(String type) {
    Set<String> found = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(all(type));
    while (!open.isEmpty()) {
      Set<String> named = new TreeSet<>();
      names((Map<?, ?>) resources.get(open.remove()), named);
      named.stream().filter(found::add).forEach(open::add);
    }
    return found;
  }

  private static void names(Object part, Set<String> found) {
    if (part instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            Collection<?> named =
                key.equals("Ref") || key.equals("DependsOn") || key.equals("Fn::GetAtt")
                    ? value instanceof List<?> list ? list : List.of(value)
                    : List.of();
            named.stream().map(String::valueOf).filter(resources::containsKey).forEach(found::add);
            names(value, found);
          });
    } else if (part instanceof List<?> list) {
      list.forEach(each -> names(each, found));
    }
  }
}
