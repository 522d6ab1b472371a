package io.sparkgate.function.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.SideServicesStub;
import io.sparkgate.function.stub.StubContext;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stubs, the function, a clock that goes when it is told to, and what the function told. */
final class Monitoring implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final String APP = "00app";

  /** Faster than any test asks. */
  private static final String RATES =
      """
      "rates":{"listSessions":{"perSecond":1000,"burst":1000},
               "getSession":{"perSecond":1000,"burst":1000}}""";

  static final String PRICES =
      """
      "prices":{"vcpuHour":0.05,"memoryGbHour":0.005,"storageGbHour":0.0001,"source":"a test"}""";

  static final String USAGE =
      """
      "usage":{"bucket":"bills","prefix":"usage/"}""";

  static final String BUS =
      """
      "eventBus":"platform\"""";

  static final String POLICY =
      """
      "policy":{"idleMinutes":60},"warnMinutes":10""";

  final EmrServerlessStub emr = EmrServerlessStub.start();
  final SideServicesStub aws = SideServicesStub.start();
  final EmrServerlessStub.Application app = emr.application(APP);
  private final LambdaEnvironment lambda =
      LambdaEnvironment.withContainerCredentials(emr.uri())
          .with("AWS_LAMBDA_FUNCTION_NAME", "sparkgate-monitor")
          .with("AWS_ENDPOINT_URL_S3", aws.uri().toString())
          .with("AWS_ENDPOINT_URL_EVENTBRIDGE", aws.uri().toString())
          .with("AWS_ENDPOINT_URL_EC2", aws.uri().toString());
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8);
  private Instant now = NOW;
  private int read;
  private @Nullable MonitorHandler handler;

  /** A function that is told this of the application, besides what is always required. */
  Monitoring(String... parts) {
    configure(parts);
  }

  void configure(String... parts) {
    StringBuilder document = new StringBuilder("{\"applications\":[\"00app\"],\"every\":5,");
    document.append("\"keepTag\":\"keep-until\",");
    for (String part : parts) {
      document.append(part).append(',');
    }
    lambda.with(MonitorConfig.VARIABLE, document.append(RATES).append('}').toString());
  }

  /** The function is told of another application too. */
  void addApplication(String id) {
    String document = lambda.variables().get(MonitorConfig.VARIABLE);
    lambda.with(MonitorConfig.VARIABLE, document.replace("\"00app\"", "\"00app\",\"" + id + "\""));
  }

  /** From one pass to the next, in minutes. */
  void every(int minutes) {
    String document = lambda.variables().get(MonitorConfig.VARIABLE);
    lambda.with(MonitorConfig.VARIABLE, document.replace("\"every\":5", "\"every\":" + minutes));
  }

  /** Other rates than those that no test notices. */
  void rate(String rate) {
    String document = lambda.variables().get(MonitorConfig.VARIABLE);
    lambda.with(
        MonitorConfig.VARIABLE, document.replace("\"rates\":{", "\"rates\":{" + rate + ","));
  }

  static Instant ago(long minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  static Instant in(long minutes) {
    return NOW.plus(Duration.ofMinutes(minutes));
  }

  /** A session that is 300 minutes old, alice's. */
  static StubSession session(String id, String state) {
    return StubSession.of(id, state, ago(300)).withTag("sparkgate:owner", "alice");
  }

  static StubSession idle(String id, long minutes) {
    return session(id, "IDLE").idleSince(ago(minutes)).updatedAt(ago(minutes));
  }

  void at(Instant time) {
    now = time;
  }

  void pass(long minutes) {
    now = now.plus(Duration.ofMinutes(minutes));
  }

  /** The next pass is another process's. */
  void coldStart() {
    handler = null;
  }

  /** One invocation with a minute of time; its answer. */
  Map<String, Object> run() {
    return run(Duration.ofMinutes(1));
  }

  Map<String, Object> run(Duration remaining) {
    return run(StubContext.of(remaining));
  }

  /** One invocation whose time passes. */
  Map<String, Object> runWithin(Duration time) {
    return run(StubContext.until(time));
  }

  private Map<String, Object> run(Context context) {
    if (handler == null) {
      Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
      handler = new MonitorHandler(lambda.variables(), log, clock);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(InputStream.nullInputStream(), answer, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json(answer.toString(StandardCharsets.UTF_8));
  }

  /** What was written since this was asked last. */
  List<Map<String, Object>> lines() {
    String text = written.toString(StandardCharsets.UTF_8).substring(read);
    read += text.length();
    return text.lines().map(Monitoring::json).toList();
  }

  /** The metrics among these lines, by name; what is there twice is a list. */
  static Map<String, Object> metrics(List<Map<String, Object>> lines) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> "metrics".equals(line.get("type")) && !line.containsKey("Owner"))
        .forEach(metrics::putAll);
    metrics.keySet().removeAll(List.of("_aws", "type"));
    return metrics;
  }

  /** The events that the bus took, each as its detail with its type. */
  List<Map<String, Object>> events() {
    return aws.events().stream()
        .map(
            entry -> {
              Map<String, Object> detail = json((String) entry.get("Detail"));
              detail.put("detailType", entry.get("DetailType"));
              return detail;
            })
        .toList();
  }

  List<Object> eventIds() {
    return events().stream().map(event -> event.get("eventId")).toList();
  }

  /** All events but those of what every session goes through. */
  List<Map<String, Object>> told() {
    return events().stream()
        .filter(event -> !event.get("eventId").toString().matches(".*:(started|ready)"))
        .toList();
  }

  List<Object> toldIds() {
    return told().stream().map(event -> event.get("eventId")).toList();
  }

  /** Why, of what was decided since this or the decisions were asked for. */
  List<String> reasons() {
    return lines().stream()
        .filter(line -> "decision".equals(line.get("type")))
        .map(line -> String.valueOf(line.get("reason")))
        .toList();
  }

  /**
   * What was decided on sessions since lines were asked for last, each as {@code "s1 rule
   * outcome"}.
   */
  List<String> decisions() {
    return lines().stream()
        .filter(line -> "decision".equals(line.get("type")))
        .map(
            line ->
                "%s %s %s".formatted(line.get("sessionId"), line.get("rule"), line.get("outcome")))
        .toList();
  }

  /** The record of that key. */
  Map<String, Object> record(String key) {
    String object = aws.objects().get("bills/usage/" + key);
    if (object == null) {
      throw new AssertionError("%s is not among %s".formatted(key, aws.objects().keySet()));
    }
    return json(object);
  }

  static Map<String, Object> json(String line) {
    try {
      return new LinkedHashMap<>(JSON.std.mapFrom(line));
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  @Override
  public void close() throws IOException {
    emr.close();
    aws.close();
    lambda.close();
  }
}
