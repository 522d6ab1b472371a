package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.constructs.IConstruct;

/** Whether workers have somewhere to run and enough addresses; see also {@link OpenIngress}. */
final class NetworkChecks {

  private static final int MAX_SUBNETS = 16;
  private static final int MAX_SECURITY_GROUPS = 5;
  private static final int RESERVED = 5; // the first four addresses and the last, by AWS

  private NetworkChecks() {}

  static void check(Findings findings, ApplicationNetwork network) {
    int groups = network.securityGroups().size();
    findings.errorIf(
        groups > MAX_SECURITY_GROUPS,
        () -> "securityGroups has " + groups + "; use at most " + MAX_SECURITY_GROUPS);
    if (!network.isLookedUp()) {
      return;
    }
    VpcOfGroups.check(findings, network);
    int subnets = network.subnetIds().size();
    findings.errorIf(
        subnets < 1 || subnets > MAX_SUBNETS,
        () -> "vpcSubnets selects " + subnets + " subnets; use 1 to " + MAX_SUBNETS);
    List<Optional<String>> zones =
        network.subnets().stream()
            .map(subnet -> ifKnown(subnet::getAvailabilityZone).filter(one -> !isMany(subnet)))
            .distinct()
            .toList();
    findings.warnIf(
        zones.size() == 1 && zones.get(0).isPresent(),
        "singleAvailabilityZone",
        () ->
            "vpcSubnets selects subnets of one Availability Zone, and sessions stop with it; use"
                + " subnets of two or more");
  }

  static void checkAddresses(
      Findings findings, ApplicationNetwork network, CapacityLimit limit, WorkerSize worker) {
    long workers = limit.workers(worker);
    List<String> tooSmall =
        network.subnets().stream()
            .flatMap(subnet -> usableAddresses(subnet).stream())
            .filter(subnet -> subnet.addresses() < workers)
            .map(subnet -> subnet.path() + " has " + subnet.addresses())
            .toList();
    findings.warnIf(
        !tooSmall.isEmpty(),
        "subnetsTooSmall",
        () ->
            "capacityLimit "
                + limit
                + " allows "
                + workers
                + " workers of "
                + worker
                + ", each takes one address, and all of a session are in one subnet, but "
                + String.join(", ", tooSmall)
                + "; use larger subnets, or lower the limit");
  }

  static void checkAbsence(Findings findings, boolean hasSubnets, boolean hasSecurityGroups) {
    findings.errorIf(hasSubnets, () -> "vpcSubnets is set without a VPC; set vpc too");
    findings.errorIf(hasSecurityGroups, () -> "securityGroups is set without a VPC; set vpc too");
  }

  /** What others may still add to the network while the tree is built. */
  static void checkAtSynth(
      IConstruct application,
      Findings findings,
      ApplicationNetwork network,
      ApplicationSettings settings) {
    IConstruct root = application.getNode().getRoot();
    application.getNode().addValidation(() -> OpenIngress.problems(network.securityGroups(), root));
    // A validation can only fail, so the warning needs an aspect.
    Aspects.of(application)
        .add(
            node -> {
              if (node.getNode().getPath().equals(application.getNode().getPath())) {
                Reach reach = new Reach(network, root);
                if (reach.isIsolated()) {
                  ReachChecks.checkIsolated(findings, reach, settings);
                }
              }
            });
  }

  /** A list that is a token has one element as long as nobody knows how many it will have. */
  private static boolean isMany(ISubnet subnet) {
    return Token.isUnresolved(List.of(subnet.getSubnetId()));
  }

  private static Optional<Usable> usableAddresses(ISubnet subnet) {
    return ifKnown(subnet::getIpv4CidrBlock)
        .filter(cidr -> !Token.isUnresolved(cidr))
        .map(cidr -> Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1)))
        .map(mask -> new Usable(subnet.getNode().getPath(), (1L << (32 - mask)) - RESERVED));
  }

  /** Imported subnets throw, by jsii no narrower type, when asked for what nobody told them. */
  static <T> Optional<T> ifKnown(Supplier<T> attribute) {
    try {
      return Optional.of(attribute.get());
    } catch (RuntimeException unknown) {
      return Optional.empty();
    }
  }

  private record Usable(String path, long addresses) {}
}
