package io.sparkgate.sandbox.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.http.Answer;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.Unauthenticated;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** EC2 over HTTP, in its query protocol: DescribeSubnets. */
public final class Ec2Front implements HttpHandler {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "ec2";

  private static final int LARGEST_BODY = 1 << 16;

  private final AccessControl access;
  private final Subnets subnets;
  private final UnaryOperator<String> arns;

  /**
   * The service.
   *
   * @param arns from resources such as {@code subnet/subnet-1} to ARNs
   */
  public Ec2Front(AccessControl access, Subnets subnets, UnaryOperator<String> arns) {
    this.access = access;
    this.subnets = subnets;
    this.arns = arns;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    UUID requestId = UUID.randomUUID();
    Answer answer;
    try {
      answer = answer(exchange, requestId);
    } catch (Unauthenticated e) {
      answer = error("AuthFailure", 401, String.valueOf(e.getMessage()), requestId);
    }
    answer.send(exchange, requestId);
  }

  private Answer answer(HttpExchange exchange, UUID requestId) throws IOException, Unauthenticated {
    String body =
        new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
    Map<String, String> form =
        form(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "") + "&" + body);
    Identity caller =
        access.caller(
            Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), ""));
    String action = form.getOrDefault("Action", "");
    if (!action.equals("DescribeSubnets")) {
      return error(
          "InvalidAction",
          400,
          "The sandbox's EC2 has no action %s; it plays DescribeSubnets.".formatted(action),
          requestId);
    }
    // It takes no resource: a policy can only allow it on all.
    Optional<String> denial =
        access.denial(caller, Action.on("ec2:DescribeSubnets", arns.apply("subnet/*"), Map.of()));
    if (denial.isPresent()) {
      return error("UnauthorizedOperation", 403, denial.get(), requestId);
    }
    List<String> wanted = new ArrayList<>();
    for (int i = 1; form.containsKey("SubnetId." + i); i++) {
      wanted.add(form.getOrDefault("SubnetId." + i, ""));
    }
    for (String id : wanted) {
      if (!subnets.blocks().containsKey(id)) {
        return error(
            "InvalidSubnetID.NotFound",
            400,
            "The subnet ID '%s' does not exist".formatted(id),
            requestId);
      }
    }
    return shown(wanted, requestId);
  }

  private Answer shown(List<String> wanted, UUID requestId) {
    StringBuilder items = new StringBuilder();
    subnets
        .free()
        .forEach(
            (id, free) -> {
              if (wanted.isEmpty() || wanted.contains(id)) {
                items.append(
                    "<item><subnetId>%s</subnetId><subnetArn>%s</subnetArn><state>available</state><cidrBlock>%s</cidrBlock><availableIpAddressCount>%d</availableIpAddressCount></item>"
                        .formatted(
                            id,
                            arns.apply("subnet/" + id),
                            subnets.blocks().getOrDefault(id, ""),
                            free));
              }
            });
    return xml(
        200,
        "<DescribeSubnetsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>%s</requestId><subnetSet>%s</subnetSet></DescribeSubnetsResponse>"
            .formatted(requestId, items));
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static Answer error(String code, int status, String message, UUID requestId) {
    return xml(
        status,
        "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>%s</RequestID></Response>"
            .formatted(code, message.replace("&", "&amp;").replace("<", "&lt;"), requestId));
  }

  private static Answer xml(int status, String document) {
    return new Answer(
        status,
        "text/xml",
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document)
            .getBytes(StandardCharsets.UTF_8));
  }
}
