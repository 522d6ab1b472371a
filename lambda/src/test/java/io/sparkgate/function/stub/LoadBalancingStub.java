package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Elastic Load Balancing where it is asked for the health of a target. It is pointed
 * at by {@code AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2}.
 */
public final class LoadBalancingStub extends QueryStub {

  private static final String XMLNS = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";

  private final Map<String, String> targets = new ConcurrentHashMap<>();

  private LoadBalancingStub() {
    super("load-balancing-stub", XMLNS);
  }

  /** Starts one on a free port. */
  public static LoadBalancingStub start() {
    LoadBalancingStub stub = new LoadBalancingStub();
    stub.listen();
    return stub;
  }

  /** Says how a target is; what nothing was said of is unknown to the target group. */
  public LoadBalancingStub health(
      String instanceId, String state, @Nullable String reason, @Nullable String description) {
    targets.put(
        instanceId,
        "<State>%s</State>".formatted(state)
            + (reason == null ? "" : "<Reason>%s</Reason>".formatted(reason))
            + (description == null ? "" : "<Description>%s</Description>".formatted(description)));
    return this;
  }

  @Override
  String answer(HttpExchange exchange, String action, Map<String, List<String>> query)
      throws Refused, InterruptedException {
    if (!action.equals("DescribeTargetHealth")) {
      throw unknownAction();
    }
    String instance = Requests.one(query, "Targets.member.1.Id").orElse("");
    String port = Requests.one(query, "Targets.member.1.Port").orElse("");
    Call call =
        Requests.call(exchange, Operation.DESCRIBE_TARGET_HEALTH, instance + ":" + port, "", query);
    hear(call);
    String health = targets.get(instance);
    String member =
        health == null
            ? ""
            : ("<member><Target><Id>%s</Id><Port>%s</Port></Target>"
                    + "<TargetHealth>%s</TargetHealth></member>")
                .formatted(instance, port, health);
    return """
        <DescribeTargetHealthResponse xmlns="%s"><DescribeTargetHealthResult>\
        <TargetHealthDescriptions>%s</TargetHealthDescriptions></DescribeTargetHealthResult>\
        <ResponseMetadata><RequestId>stub-request</RequestId></ResponseMetadata>\
        </DescribeTargetHealthResponse>"""
        .formatted(XMLNS, member);
  }
}
