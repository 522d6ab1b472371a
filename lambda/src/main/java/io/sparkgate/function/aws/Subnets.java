package io.sparkgate.function.aws;

import io.sparkgate.function.aws.SignedCalls.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;

/** What EC2 says of subnets. */
public final class Subnets {

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

  /** In an answer, each subnet has both, once. */
  private static final Pattern SUBNET = Pattern.compile("<subnetId>([^<]+)</subnetId>");

  private static final Pattern FREE =
      Pattern.compile("<availableIpAddressCount>(\\d{1,9})</availableIpAddressCount>");

  private final SignedCalls ec2;
  private final Calls calls;

  /** The client, which outlasts an invocation. */
  public static SignedCalls client(Map<String, String> environment) {
    return new SignedCalls("ec2", "EC2", environment);
  }

  public Subnets(SignedCalls ec2, Calls calls) {
    this.ec2 = ec2;
    this.calls = calls;
  }

  /**
   * How many addresses each has left, by its id.
   *
   * @param ids at most 200
   */
  public Map<String, Integer> freeAddresses(List<String> ids) throws ServiceCallException {
    StringBuilder form = new StringBuilder("Action=DescribeSubnets&Version=2016-11-15");
    for (int i = 0; i < ids.size(); i++) {
      form.append("&SubnetId.").append(i + 1).append('=').append(ids.get(i));
    }
    byte[] body = form.toString().getBytes(StandardCharsets.UTF_8);
    byte[] answer =
        ec2.make(
            calls,
            "DescribeSubnets",
            String.join(", ", ids),
            new Request(SdkHttpMethod.POST, "/", HEADERS, body));
    String xml = new String(answer, StandardCharsets.UTF_8);
    Matcher id = SUBNET.matcher(xml);
    Matcher count = FREE.matcher(xml);
    Map<String, Integer> free = new LinkedHashMap<>();
    while (id.find() && count.find()) {
      free.put(id.group(1), Integer.parseInt(count.group(1)));
    }
    return free;
  }
}
