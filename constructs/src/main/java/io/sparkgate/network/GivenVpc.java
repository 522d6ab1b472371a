package io.sparkgate.network;

import io.sparkgate.internal.Findings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;

/** The subnets to use of a VPC that somebody else made. */
final class GivenVpc {

  private GivenVpc() {}

  static SubnetSelection subnets(Findings findings, IVpc vpc, @Nullable SubnetSelection chosen) {
    if (chosen != null) {
      return chosen;
    }
    List<ISubnet> subnets = privateSubnets(vpc);
    findings.errorIf(
        subnets.isEmpty(),
        "vpc has no private subnet; pass the subnets for workers to vpc(vpc, subnets)");
    return SubnetSelection.builder().subnets(subnets).build();
  }

  private static List<ISubnet> privateSubnets(IVpc vpc) {
    return vpc.getPrivateSubnets().isEmpty() ? vpc.getIsolatedSubnets() : vpc.getPrivateSubnets();
  }
}
