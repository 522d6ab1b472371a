package io.sparkgate.network;

import static java.util.Map.entry;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import java.util.List;
import java.util.Map;

/**
 * The Availability Zone ids that EMR Serverless uses, in the Regions where it does not use all.
 *
 * <p>From the endpoints and quotas page of the EMR Serverless user guide. A zone's name ({@code
 * us-east-1a}) means another zone in each account; its id does not.
 */
final class ServiceZones {

  private static final Map<String, List<String>> BY_REGION =
      Ordered.map(
          entry("us-east-1", List.of("use1-az1", "use1-az2", "use1-az4", "use1-az5", "use1-az6")),
          entry("us-west-1", List.of("usw1-az1", "usw1-az3")),
          entry("ap-northeast-1", List.of("apne1-az1", "apne1-az2", "apne1-az4")),
          entry("ca-central-1", List.of("cac1-az1", "cac1-az2", "cac1-az4")),
          entry("cn-north-1", List.of("cnn1-az1", "cnn1-az2")));

  private ServiceZones() {}

  /** The zones in use, or none where the service uses all zones or the Region is not known yet. */
  static List<String> in(String region) {
    return BY_REGION.getOrDefault(region, List.of());
  }

  /** The zones that were given, or two that are in use; none where the account's first ones do. */
  static List<String> choose(Findings findings, String region, List<String> given) {
    List<String> used = in(region);
    List<String> unknown =
        used.isEmpty() ? List.of() : given.stream().filter(zone -> !used.contains(zone)).toList();
    findings.warnIf(
        !unknown.isEmpty(),
        "unknownZone",
        """
        availabilityZoneIds has %s, which EMR Serverless did not use in %s when this version was \
        made; choose from %s, or acknowledge this if it does by now"""
            .formatted(String.join(" and ", unknown), region, used));
    return given.isEmpty() ? used.stream().limit(PrivateVpc.ZONES).toList() : given;
  }
}
