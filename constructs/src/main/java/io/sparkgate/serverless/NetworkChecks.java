package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Tokens;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.ISubnet;

/** Whether workers have somewhere to run and enough addresses. */
final class NetworkChecks {

  private static final int MAX_SUBNETS = 16;
  private static final int MAX_SECURITY_GROUPS = 5;
  private static final int RESERVED = 5; // the first four addresses and the last, by AWS

  private NetworkChecks() {}

  static void check(Findings findings, ApplicationNetwork network) {
    int groups = network.securityGroups().size();
    findings.errorIf(
        groups > MAX_SECURITY_GROUPS,
        "securityGroups has %s; use at most %s".formatted(groups, MAX_SECURITY_GROUPS));
    if (!network.isLookedUp()) {
      return;
    }
    VpcOfGroups.check(findings, network);
    int subnets = network.subnets().size();
    findings.errorIf(
        subnets < 1 || subnets > MAX_SUBNETS,
        "vpcSubnets selects %s subnets; use 1 to %s".formatted(subnets, MAX_SUBNETS));
    List<Optional<String>> zones =
        network.subnets().stream()
            .map(
                subnet -> Known.ifKnown(subnet::getAvailabilityZone).filter(one -> !isMany(subnet)))
            .distinct()
            .toList();
    findings.warnIf(
        zones.size() == 1 && zones.get(0).isPresent(),
        "singleAvailabilityZone",
        """
        vpcSubnets selects subnets of one Availability Zone, and sessions stop with it; use \
        subnets of two or more""");
  }

  /** Of the workers of a session, if tokens do not hide their size. */
  static void checkAddresses(
      Findings findings,
      ApplicationNetwork network,
      Capacity limit,
      Optional<SessionFootprint> session) {
    session
        .map(SessionFootprint::smallestWorker)
        .ifPresent(worker -> checkAddresses(findings, network, limit, worker));
  }

  private static void checkAddresses(
      Findings findings, ApplicationNetwork network, Capacity limit, WorkerSize worker) {
    long workers = limit.workers(worker);
    List<String> tooSmall =
        network.subnets().stream()
            .flatMap(subnet -> usableAddresses(subnet).stream())
            .filter(usable -> usable.addresses() < workers)
            .map(small -> small.subnet().getNode().getPath() + " has " + small.addresses())
            .toList();
    findings.warnIf(
        !tooSmall.isEmpty(),
        "subnetsTooSmall",
        """
        capacityLimit %s allows %s workers of %s, each takes one address, and all of a session are \
        in one subnet, but %s; use larger subnets, or lower the limit"""
            .formatted(limit, workers, worker, String.join(", ", tooSmall)));
  }

  /** A list that is a token has one element as long as nobody knows how many it will have. */
  private static boolean isMany(ISubnet subnet) {
    return Tokens.isUnresolved(List.of(subnet.getSubnetId()));
  }

  private static Optional<Usable> usableAddresses(ISubnet subnet) {
    return Known.ifKnown(subnet::getIpv4CidrBlock)
        .filter(cidr -> !Tokens.isUnresolved(cidr))
        .map(cidr -> Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1)))
        .map(mask -> new Usable(subnet, (1L << (32 - mask)) - RESERVED));
  }

  private record Usable(ISubnet subnet, long addresses) {}
}
