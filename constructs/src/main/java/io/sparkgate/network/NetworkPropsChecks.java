package io.sparkgate.network;

import io.sparkgate.internal.Findings;
import java.util.List;

/** Settings of a network that do not go together. */
final class NetworkPropsChecks {

  private NetworkPropsChecks() {}

  /**
   * Checks them.
   *
   * @param shaping the names of settings that shape a new VPC, where a VPC was given; else none
   */
  static void check(
      Findings findings,
      List<String> shaping,
      List<String> zoneIds,
      int natGateways,
      boolean isPrivate) {
    int zones = Math.max(zoneIds.size(), PrivateVpc.ZONES);
    findings.known("natGateways", natGateways);
    findings.errorIf(
        !shaping.isEmpty(),
        "%s shape a new VPC, but a VPC was given; leave out either vpc or %1$s".formatted(shaping));
    findings.errorIf(
        !zoneIds.isEmpty() && zoneIds.stream().distinct().count() < PrivateVpc.ZONES,
        "availabilityZoneIds received %s, but takes two different zones or more"
            .formatted(zoneIds));
    findings.errorIf(
        natGateways > 0 && isPrivate,
        """
        natGateways received %s, but takes 0 with privateMode, which keeps traffic off the \
        internet; leave out one of them"""
            .formatted(natGateways));
    findings.errorIf(
        natGateways < 0 || natGateways > zones,
        "natGateways received %s, but takes 0 to %s, one per zone at most"
            .formatted(natGateways, zones));
  }
}
