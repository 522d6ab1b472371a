package io.sparkgate.network;

import java.util.List;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.constructs.Construct;

/**
 * The gateway endpoints of a network beside that of S3. Their policy is open, as that of S3: who
 * assumed a role of another account comes through too.
 */
final class GatewayEndpoints {

  private GatewayEndpoints() {}

  static void make(
      Construct scope, IVpc vpc, SubnetSelection subnets, List<PrivateEndpoint> endpoints) {
    for (PrivateEndpoint endpoint : endpoints) {
      endpoint
          .gateway()
          .ifPresent(
              service ->
                  GatewayVpcEndpoint.Builder.create(scope, endpoint.id() + "Endpoint")
                      .vpc(vpc)
                      .subnets(List.of(subnets))
                      .service(service)
                      .build());
    }
  }
}
