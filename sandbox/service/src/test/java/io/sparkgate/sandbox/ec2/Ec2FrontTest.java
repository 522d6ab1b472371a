package io.sparkgate.sandbox.ec2;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.http.Neighbour;
import io.sparkgate.sandbox.iam.LiveAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ec2FrontTest {

  private final LiveAccess access = new LiveAccess();

  private long workers = 3;

  private Neighbour.Reply call(String action, String body) {
    Map<String, String> blocks = new LinkedHashMap<>();
    blocks.put("subnet-1", "10.0.0.0/24");
    blocks.put("subnet-2", "10.0.1.0/28");
    String key =
        access
            .issueUser(
                "arn:aws:iam::111122223333:user/monitor",
                List.of(json("{'Effect':'Allow','Action':'%s','Resource':'*'}".formatted(action))))
            .accessKeyId();
    try (Neighbour neighbour =
        new Neighbour(
            new Ec2Front(
                access, new Subnets(blocks, () -> workers), name -> "arn:aws:ec2:::" + name))) {
      return neighbour.call(key, "", body);
    }
  }

  @Test
  void countsTheAddressesThatAreLeft() {
    Neighbour.Reply reply =
        call("ec2:DescribeSubnets", "Action=DescribeSubnets&Version=2016-11-15");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text())
        .contains("<subnetId>subnet-1</subnetId>")
        .contains("<cidrBlock>10.0.0.0/24</cidrBlock>")
        .contains("<availableIpAddressCount>249</availableIpAddressCount>")
        .contains("<availableIpAddressCount>10</availableIpAddressCount>");
  }

  @Test
  void hasNoFewerThanNone() {
    workers = 40;
    assertThat(call("ec2:DescribeSubnets", "Action=DescribeSubnets").text())
        .contains("<availableIpAddressCount>231</availableIpAddressCount>")
        .contains("<availableIpAddressCount>0</availableIpAddressCount>");
  }

  @Test
  void saysWhatItPlays() {
    assertThat(call("ec2:*", "Action=DescribeVpcs&X=1").text())
        .contains("The sandbox's EC2 has no action DescribeVpcs; it plays DescribeSubnets.");
  }

  @Test
  void tellsOfThoseThatAreAskedFor() {
    assertThat(call("ec2:DescribeSubnets", "Action=DescribeSubnets&SubnetId.1=subnet-2").text())
        .contains("subnet-2")
        .doesNotContain("subnet-1");
    assertThat(call("ec2:DescribeSubnets", "Action=DescribeSubnets&SubnetId.1=subnet-9").text())
        .contains("<Code>InvalidSubnetID.NotFound</Code>");
  }

  @Test
  void asksThePolicy() {
    Neighbour.Reply reply = call("ec2:DescribeVpcs", "Action=DescribeSubnets");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text())
        .contains("<Code>UnauthorizedOperation</Code>")
        .contains("ec2:DescribeSubnets");
  }
}
