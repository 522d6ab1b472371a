package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ranges;
import software.amazon.awscdk.services.ec2.IPeer;

/** Who may call an endpoint: somebody in particular. */
final class ClientRules {

  private ClientRules() {}

  static void check(Findings findings, IPeer clients) {
    String range = clients.getUniqueId();
    findings.errorIf(
        Ranges.isEverybody(range),
        "allowClients received %s, which is everybody; name the ranges that clients come from"
            .formatted(range));
    findings.errorIf(
        Ranges.isWide(range),
        "allowClients received %s, which is wider than any network of one's own; name the ranges that clients come from"
            .formatted(range));
  }
}
