package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Elastic Load Balancing where it is asked for the health of a target. It is pointed
 * at by {@code AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2}.
 */
public final class LoadBalancingStub implements AutoCloseable {

  private static final String XMLNS = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";

  private final Map<String, String> targets = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Injections injections = new Injections();
  private final QueryServer server = new QueryServer("load-balancing-stub", XMLNS, this::answer);

  private LoadBalancingStub() {}

  /** Starts one on a free port. */
  public static LoadBalancingStub start() {
    return new LoadBalancingStub();
  }

  public URI uri() {
    return server.uri();
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

  /** All requests so far, in the order of their arrival. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Every call from now on fails. */
  public Injection always() {
    return injections.next(Integer.MAX_VALUE, call -> true);
  }

  /** The next so many calls. */
  public Injection next(int times) {
    return injections.next(times, call -> true);
  }

  @Override
  public void close() {
    server.close();
  }

  private String answer(HttpExchange exchange, String action, Map<String, List<String>> query)
      throws Refused, InterruptedException {
    if (!action.equals("DescribeTargetHealth")) {
      throw QueryServer.unknownAction();
    }
    String instance = Requests.one(query, "Targets.member.1.Id").orElse("");
    String port = Requests.one(query, "Targets.member.1.Port").orElse("");
    Call call =
        Requests.call(exchange, Operation.DESCRIBE_TARGET_HEALTH, instance + ":" + port, "", query);
    calls.add(call);
    injections.perform(call);
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
