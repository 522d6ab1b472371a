package io.sparkgate.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.constructs.Construct;

/** The subnets to use of a VPC that somebody else made. */
final class GivenVpc {

  private GivenVpc() {}

  static SubnetSelection subnets(Construct scope, IVpc vpc, @Nullable SubnetSelection chosen) {
    SubnetSelection selection =
        chosen != null ? chosen : SubnetSelection.builder().subnets(privateSubnets(vpc)).build();
    if (chosen == null && privateSubnets(vpc).isEmpty()) {
      throw new IllegalArgumentException(
          "%s: vpc has no private subnet; select the subnets for workers with vpcSubnets"
              .formatted(scope.getNode().getPath()));
    }
    return selection;
  }

  private static List<ISubnet> privateSubnets(IVpc vpc) {
    return vpc.getPrivateSubnets().isEmpty() ? vpc.getIsolatedSubnets() : vpc.getPrivateSubnets();
  }
}
