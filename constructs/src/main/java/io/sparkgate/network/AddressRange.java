package io.sparkgate.network;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ec2.IIpAddresses;
import software.amazon.awscdk.services.ec2.VpcIpamOptions;

/** Whether the subnets of a new VPC fit its range: the CDK only says that one did not. */
record AddressRange(int zones, boolean wayOut) {

  /** Prefix of a worker subnet: 4,091 workers. */
  static final int WORKERS = 20;

  /** Prefix of a NAT gateway's subnet, the smallest that EC2 takes. */
  static final int NAT = 28;

  /** Prefix of the largest VPC that EC2 takes. */
  private static final int LARGEST = 16;

  private static final Pattern PREFIX = Pattern.compile("[0-9.]+/(\\d{1,2})");

  void check(Findings findings, IIpAddresses addresses) {
    VpcIpamOptions asked = addresses.allocateVpcCidr();
    String range = asked.getCidrBlock();
    Number ofPool = asked.getIpv4NetmaskLength();
    if (range != null) {
      // Anything else is a token, or the CDK has refused it already.
      Matcher prefix = PREFIX.matcher(range);
      findings.errorIf(
          prefix.matches() && !fits(Integer.parseInt(prefix.group(1))), problem(range));
    } else if (isKnown(ofPool)) {
      findings.errorIf(!fits(ofPool.intValue()), problem("/" + ofPool + " of a pool"));
    }
  }

  private static boolean isKnown(@Nullable Number number) {
    return number != null && !Tokens.isUnresolved(number);
  }

  private boolean fits(int prefix) {
    return LARGEST <= prefix && prefix <= smallest();
  }

  private int smallest() {
    long addresses = zones * ((1L << (32 - WORKERS)) + (wayOut ? 1L << (32 - NAT) : 0));
    return Long.numberOfLeadingZeros(addresses - 1) - 32;
  }

  private String problem(String received) {
    return "ipAddresses received %s, but takes a range of /%d to /%d, in which %d subnets of /%d%s fit; ask for one of that size, or make a VPC with smaller subnets and give it with vpc"
        .formatted(
            received,
            LARGEST,
            smallest(),
            zones,
            WORKERS,
            wayOut ? " and %d of /%d".formatted(zones, NAT) : "");
  }
}
