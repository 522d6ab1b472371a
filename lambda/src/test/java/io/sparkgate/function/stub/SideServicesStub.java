package io.sparkgate.function.stub;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for the few operations that functions use of S3 (path style), EventBridge and EC2, at
 * one endpoint: the signature says for whom a request is, and has to be right.
 */
public final class SideServicesStub extends Stub {

  private static final EventSchema SCHEMA = EventSchema.read();

  private record Answer(int status, String type, String body) {}

  private final Map<String, String> objects = new ConcurrentHashMap<>();
  private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> subnets = new ConcurrentHashMap<>();

  private SideServicesStub() {
    super("side-services-stub");
  }

  /** Starts one on a free port. */
  public static SideServicesStub start() {
    SideServicesStub stub = new SideServicesStub();
    stub.listen();
    return stub;
  }

  /** The objects by {@code bucket/key}. */
  public Map<String, String> objects() {
    return new TreeMap<>(objects);
  }

  /** An object that somebody else wrote. */
  public void put(String name, String object) {
    objects.put(name, object);
  }

  /** The entries of PutEvents that were taken, in order, with Detail as text. */
  public List<Map<String, Object>> events() {
    return List.copyOf(events);
  }

  public SideServicesStub subnet(String id, int freeAddresses) {
    subnets.put(id, freeAddresses);
    return this;
  }

  /** Fails for events of ours that are not as they are documented. */
  @Override
  public void close() {
    super.close();
    List<String> problems = new ArrayList<>();
    for (Map<String, Object> event : events) {
      String type = String.valueOf(event.get("DetailType"));
      if (type.startsWith("Spark Connect")) {
        problems.addAll(SCHEMA.problems(type, detail(event)));
      }
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems));
    }
  }

  private static Map<String, Object> detail(Map<String, Object> event) {
    try {
      return JSON.std.mapFrom(event.get("Detail"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answerTo(exchange);
      if (answer.status() == Fault.BROKEN.status()) {
        return;
      }
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answerTo(HttpExchange exchange) throws IOException, InterruptedException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String service = Requests.call(exchange, Operation.PUT_EVENTS, "", "", Map.of()).signingScope();
    boolean json = service.contains("/events/");
    try {
      if (!Signature.isRight(exchange, body)) {
        throw new Refused(new Fault(403, "SignatureDoesNotMatch", "It was signed otherwise"));
      }
      if (json) {
        return new Answer(200, "application/x-amz-json-1.1", putEvents(exchange, body));
      }
      return new Answer(
          200,
          "text/xml",
          service.contains("/s3/") ? object(exchange, body) : describe(exchange, body));
    } catch (Refused refused) {
      Fault fault = refused.fault();
      String text =
          json
              ? JSON.std.asString(
                  Map.of("__type", "aws#" + fault.type(), "message", fault.message()))
              : "<Error><Code>%s</Code><Message>%s</Message></Error>"
                  .formatted(fault.type(), fault.message());
      return new Answer(fault.status(), "text/plain", text);
    }
  }

  private String object(HttpExchange exchange, String body) throws Refused, InterruptedException {
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
    boolean put = exchange.getRequestMethod().equals("PUT");
    if (!put && !exchange.getRequestMethod().equals("GET")) {
      throw new Refused(new Fault(405, "MethodNotAllowed", exchange.getRequestMethod()));
    }
    heard(exchange, put ? Operation.PUT_OBJECT : Operation.GET_OBJECT, path[0], path[1], Map.of());
    String name = path[0] + "/" + path[1];
    if (put) {
      objects.put(name, body);
      return "";
    }
    String object = objects.get(name);
    if (object == null) {
      throw new Refused(new Fault(404, "NoSuchKey", "The specified key does not exist."));
    }
    return object;
  }

  private String describe(HttpExchange exchange, String body) throws Refused, InterruptedException {
    Map<String, List<String>> query = Requests.query(body);
    String first = Requests.one(query, "SubnetId.1").orElse("");
    heard(exchange, Operation.DESCRIBE_SUBNETS, first, "", query);
    StringBuilder items = new StringBuilder();
    for (int i = 1; query.containsKey("SubnetId." + i); i++) {
      String id = query.get("SubnetId." + i).get(0);
      Integer free = subnets.get(id);
      if (free == null) {
        throw new Refused(
            new Fault(400, "InvalidSubnetID.NotFound", "The subnet ID does not exist"));
      }
      items.append(
          """
          <item><subnetId>%s</subnetId><ipv6CidrBlockAssociationSet><item/>\
          </ipv6CidrBlockAssociationSet><availableIpAddressCount>%d</availableIpAddressCount>\
          <tagSet><item><key>Name</key></item></tagSet></item>"""
              .formatted(id, free));
    }
    return "<DescribeSubnetsResponse><subnetSet>%s</subnetSet></DescribeSubnetsResponse>"
        .formatted(items);
  }

  private String putEvents(HttpExchange exchange, String body)
      throws Refused, IOException, InterruptedException {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Object entry : (List<?>) JSON.std.mapFrom(body).get("Entries")) {
      Map<String, Object> fields = new TreeMap<>();
      ((Map<?, ?>) entry).forEach((name, value) -> fields.put(name.toString(), value));
      entries.add(fields);
    }
    String bus = String.valueOf(entries.get(0).get("EventBusName"));
    Map<String, Object> instead = heard(exchange, Operation.PUT_EVENTS, bus, "", Map.of());
    if (entries.size() > 10) {
      throw new Refused(new Fault(400, "ValidationException", "at most 10 entries"));
    }
    // An injection names the code with which the first entry of a request is refused.
    Object code = instead.get("ErrorCode");
    List<Map<String, Object>> results = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (i == 0 && code != null) {
        results.add(Map.of("ErrorCode", code, "ErrorMessage", "not now"));
      } else {
        events.add(entries.get(i));
        results.add(Map.of("EventId", "event-" + events.size()));
      }
    }
    return JSON.std.asString(Map.of("FailedEntryCount", code == null ? 0 : 1, "Entries", results));
  }

  private Map<String, Object> heard(
      HttpExchange exchange,
      Operation operation,
      String of,
      String one,
      Map<String, List<String>> query)
      throws Refused, InterruptedException {
    return hear(Requests.call(exchange, operation, of, one, query));
  }
}
