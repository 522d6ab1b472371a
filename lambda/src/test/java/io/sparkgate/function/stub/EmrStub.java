package io.sparkgate.function.stub;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands in for EMR where it is asked for a cluster, its steps and its nodes, and told to terminate
 * it. It is pointed at by {@code AWS_ENDPOINT_URL_EMR}.
 */
public final class EmrStub extends Stub {

  private static final String TARGET = "ElasticMapReduce.";

  private final Map<String, StubCluster> clusters = new ConcurrentHashMap<>();

  private EmrStub() {
    super("emr-stub");
  }

  /** Starts one on a free port. */
  public static EmrStub start() {
    EmrStub stub = new EmrStub();
    stub.listen();
    return stub;
  }

  /** The cluster by that id, which there is from now on, and waits. */
  public StubCluster cluster(String id) {
    return clusters.computeIfAbsent(id, StubCluster::new);
  }

  /** There is no such cluster any more. */
  public void vanish(String id) {
    clusters.remove(id);
  }

  @Override
  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Fault fault = null;
      Map<String, Object> body = Map.of();
      try {
        body = answer(exchange);
      } catch (Refused refused) {
        fault = refused.fault();
        body = new LinkedHashMap<>();
        body.put("__type", fault.type());
        body.put("Message", fault.message());
      }
      if (fault != null && fault.status() == Fault.BROKEN.status()) {
        return;
      }
      byte[] bytes = JSON.std.asString(body).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.getResponseHeaders().set("x-amzn-RequestId", "stub-request");
      exchange.sendResponseHeaders(fault == null ? 200 : fault.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> answer(HttpExchange exchange)
      throws IOException, Refused, InterruptedException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    Map<String, Object> request = JSON.std.mapFrom(exchange.getRequestBody());
    Operation operation =
        switch (target.substring(TARGET.length())) {
          case "DescribeCluster" -> Operation.DESCRIBE_CLUSTER;
          case "DescribeStep" -> Operation.DESCRIBE_STEP;
          case "ListInstances" -> Operation.LIST_INSTANCES;
          case "TerminateJobFlows" -> Operation.TERMINATE_JOB_FLOWS;
          default -> throw new Refused(new Fault(400, "UnknownOperationException", target));
        };
    String id =
        operation == Operation.TERMINATE_JOB_FLOWS
            ? String.valueOf(((List<?>) request.get("JobFlowIds")).get(0))
            : String.valueOf(request.get("ClusterId"));
    String step = String.valueOf(request.getOrDefault("StepId", ""));
    Call call = Requests.call(exchange, operation, id, step, asQuery(request));
    hear(call);
    StubCluster cluster = clusters.get(id);
    if (cluster == null) {
      throw invalid("Cluster id '%s' is not valid.".formatted(id));
    }
    return switch (operation) {
      case DESCRIBE_CLUSTER -> Map.of("Cluster", cluster.details());
      case DESCRIBE_STEP -> {
        if (!cluster.hasStep(step)) {
          throw invalid("Step id '%s' is not valid.".formatted(step));
        }
        yield Map.of("Step", cluster.step(step));
      }
      case LIST_INSTANCES -> Map.of("Instances", cluster.primary());
      default -> {
        if (cluster.isProtected()) {
          throw new Refused(
              new Fault(400, "ValidationException", "Could not shut down one or more job flows"));
        }
        cluster.state("TERMINATING");
        yield Map.of();
      }
    };
  }

  private static Refused invalid(String message) {
    return new Refused(new Fault(400, "InvalidRequestException", message));
  }

  private static Map<String, List<String>> asQuery(Map<String, Object> request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    request.forEach(
        (name, value) -> {
          List<String> values = new ArrayList<>();
          if (value instanceof List<?> list) {
            list.forEach(each -> values.add(String.valueOf(each)));
          } else {
            values.add(String.valueOf(value));
          }
          query.put(name, values);
        });
    return query;
  }
}
