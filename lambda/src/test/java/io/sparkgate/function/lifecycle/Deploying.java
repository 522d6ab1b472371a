package io.sparkgate.function.lifecycle;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.CloudFormationStub;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.StubContext;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * The function with the real clients against the stubs, called as the framework does. The
 * application 00app is started, and CloudFormation last touched it a day ago.
 */
final class Deploying implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final Duration INTERVAL = Duration.ofSeconds(10);
  static final String APPLICATION = "00app";

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret"));

  final EmrServerlessStub emr = EmrServerlessStub.start();
  final CloudFormationStub cloudFormation = CloudFormationStub.start();
  final EmrServerlessStub.Application application = emr.application(APPLICATION);

  private final EmrServerlessClient client =
      ServiceClient.builder()
          .region(Region.EU_WEST_1)
          .credentialsProvider(CREDENTIALS)
          .endpointOverride(emr.uri())
          .build();
  private final CloudFormationClient cloudFormationClient =
      ServiceClient.configured(CloudFormationClient.builder())
          .region(Region.EU_WEST_1)
          .credentialsProvider(CREDENTIALS)
          .endpointOverride(cloudFormation.uri())
          .build();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Supplier<LifecycleHandler> handlers;
  private LifecycleHandler handler;
  private Duration remaining = Duration.ofMinutes(1);
  private Instant now = NOW;

  Deploying() {
    this(Calls.LIMIT);
  }

  Deploying(Duration callLimit) {
    Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8);
    handlers = () -> new LifecycleHandler(client, cloudFormationClient, callLimit, log, clock);
    handler = handlers.get();
    touched(NOW.minus(Duration.ofDays(1)));
    cloudFormation.update(Events.STACK_ID, "UPDATE_IN_PROGRESS", NOW);
  }

  /** Lambda takes another instance of the function from now on, which remembers nothing. */
  void startCold() {
    handler = handlers.get();
  }

  /** CloudFormation takes the update back that it began now. */
  void goBack() {
    cloudFormation.update(Events.STACK_ID, "UPDATE_ROLLBACK_IN_PROGRESS", NOW);
  }

  /** When CloudFormation last did something with the application. */
  void touched(Instant at) {
    cloudFormation.put(Events.STACK_ID, Events.LOGICAL_ID, APPLICATION, at);
  }

  Deploying session(String id, String state) {
    application.put(StubSession.of(id, state, NOW.minusSeconds(60)));
    return this;
  }

  Deploying jobRun(String id, String state) {
    application.put(new StubJobRun(id, state, NOW.minusSeconds(60)));
    return this;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** So much time has every invocation from now on. */
  void remaining(Duration time) {
    remaining = time;
  }

  /** The first call for a request; gives the event of all further ones. */
  Map<String, Object> begin(Map<String, Object> event) {
    Map<String, Object> merged = new HashMap<>(event);
    merged.putAll(invoke(event));
    return merged;
  }

  /** Another call for a request that was begun. */
  Map<String, Object> isComplete(Map<String, Object> begun) {
    return invoke(begun);
  }

  /**
   * Calls until the request is complete, every 10 seconds, in which all that is under way arrives.
   * Gives the last answer.
   */
  Map<String, Object> finish(Map<String, Object> begun) {
    for (int i = 0; i < 20; i++) {
      Map<String, Object> answer = isComplete(begun);
      if (answer.get("IsComplete").equals(true)) {
        return answer;
      }
      application.settle();
      pass(INTERVAL);
    }
    throw new AssertionError("not complete after 20 calls: " + records());
  }

  /** All calls for a request. */
  Map<String, Object> deploy(Map<String, Object> event) {
    return finish(begin(event));
  }

  Map<String, Object> invoke(Map<String, Object> event) {
    return invoke(handler, event);
  }

  Map<String, Object> invoke(LifecycleHandler handler, Map<String, Object> event) {
    try {
      return invoke(handler, JSON.std.asBytes(event));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> invoke(byte[] event) throws IOException {
    return invoke(handler, event);
  }

  private Map<String, Object> invoke(LifecycleHandler handler, byte[] event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), answer, StubContext.of(remaining));
    return JSON.std.mapFrom(answer.toByteArray());
  }

  /** All that was printed. */
  String printed() {
    return written.toString(StandardCharsets.UTF_8);
  }

  List<Map<String, Object>> records() {
    return printed()
        .lines()
        .map(
            line -> {
              try {
                return JSON.std.mapFrom(line);
              } catch (IOException e) {
                throw new UncheckedIOException(line, e);
              }
            })
        .toList();
  }

  Map<String, Object> lastRecord() {
    List<Map<String, Object>> records = records();
    return records.get(records.size() - 1);
  }

  List<String> decisions() {
    return records().stream().map(line -> (String) line.get("decision")).toList();
  }

  /** The calls of both services, CloudFormation's first. */
  List<String> calls() {
    return Stream.concat(cloudFormation.calls().stream(), emr.calls().stream())
        .map(Call::toString)
        .toList();
  }

  @Override
  public void close() {
    client.close();
    cloudFormationClient.close();
    emr.close();
    cloudFormation.close();
  }
}
