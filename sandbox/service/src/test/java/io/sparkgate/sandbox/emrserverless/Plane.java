package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.emrserverless.FakeDrivers.FakeDriver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A control plane with everything around it in a test's hands, and a client. */
final class Plane implements AutoCloseable {

  static final String ROLE = "arn:aws:iam::111122223333:role/Execution";
  static final String APP = "00app";
  static final String RUNS = "/applications/00app/jobruns";
  static final String SESSIONS = "/applications/00app/sessions";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final MovableClock clock = new MovableClock();
  final FakeDrivers drivers = new FakeDrivers();
  final FakeJobs jobs = new FakeJobs();
  final RecordingAccess access = new RecordingAccess();
  final List<String> told = new ArrayList<>();
  final List<JsonNode> events = new ArrayList<>();
  final List<Narrator.Advice> advices = new ArrayList<>();
  final ControlPlane control;

  /** What the service answered. */
  record Reply(int status, String type, JsonNode body, Map<String, List<String>> headers) {
    String message() {
      return body.path("message").asText();
    }

    String sessionId() {
      return body.path("sessionId").asText();
    }
  }

  Plane() {
    this(1, Map.of());
  }

  /** One whose time runs faster, or whose rates are limited. */
  Plane(double speed, Map<String, Rate> rates) {
    try {
      control =
          ControlPlane.Builder.create(access, drivers)
              .clock(new SandboxClock(clock, clock.instant(), speed))
              .narrator(new Scribe())
              .jobDrivers(jobs)
              .events(events::add)
              .rates(rates)
              .withoutTimer()
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With an application that takes sessions. */
  static Plane withApplication() {
    return withApplication("");
  }

  /** With an application that takes sessions and has more members, each followed by a comma. */
  static Plane withApplication(String members) {
    return new Plane().application(members);
  }

  Plane application(String members) {
    control.createApplication(
        APP,
        json(
            """
            {%s "name": "analysts", "releaseLabel": "emr-7.13.0", "type": "SPARK",
             "interactiveConfiguration": {"sessionEnabled": true}}
            """
                .formatted(members)));
    return this;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  Reply get(String path) {
    return call("GET", path, "");
  }

  Reply delete(String path) {
    return call("DELETE", path, "");
  }

  /** Sends a body in which single quotes stand for double ones. */
  Reply post(String path, String body) {
    return call("POST", path, body.replace('\'', '"'));
  }

  Reply call(String method, String path, String body) {
    return call(
        HttpRequest.newBuilder(URI.create(control.uri() + path))
            .header("Authorization", credential("AKIDALICE"))
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  static Reply call(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("x-amzn-ErrorType").orElse(""),
          JSON.readTree(response.body()),
          response.headers().map());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String credential(String accessKey) {
    return "AWS4-HMAC-SHA256 Credential=%s/20260102/us-east-1/emr-serverless/aws4_request, SignedHeaders=host, Signature=0"
        .formatted(accessKey);
  }

  /** Asks for a session with members that each begin with a comma. */
  Reply start(String token, String members) {
    return post(
        SESSIONS,
        "{'clientToken': '%s', 'executionRoleArn': '%s' %s}".formatted(token, ROLE, members));
  }

  /** Submits a job run with members that each begin with a comma. */
  Reply submit(String token, String members) {
    return post(
        RUNS,
        "{'clientToken': '%s', 'executionRoleArn': '%s', 'jobDriver': {'sparkSubmit': {'entryPoint': 's3://b/x.py'}} %s}"
            .formatted(token, ROLE, members));
  }

  /** The id of a job run that was submitted. */
  String submitted(String token, String members) {
    Reply reply = submit(token, members);
    if (reply.status() != 200) {
      throw new AssertionError(reply);
    }
    return reply.body().path("jobRunId").asText();
  }

  JsonNode jobRun(String id) {
    return get(RUNS + "/" + id).body().path("jobRun");
  }

  String jobState(String id) {
    return jobRun(id).path("state").asText();
  }

  /** A session whose driver is ready. */
  String up(String token) {
    return up(token, "");
  }

  String up(String token, String members) {
    Reply reply = start(token, members);
    if (reply.status() != 200) {
      throw new AssertionError(reply);
    }
    driver(reply.sessionId()).tells.ready(15002, "http://127.0.0.1:4040");
    return reply.sessionId();
  }

  FakeDriver driver(String session) {
    return drivers.of(session);
  }

  JsonNode session(String id) {
    return get(SESSIONS + "/" + id).body().path("session");
  }

  String state(String id) {
    return session(id).path("state").asText();
  }

  String applicationState() {
    return get("/applications/" + APP).body().at("/application/state").asText();
  }

  /** Lets real time pass, and does what is due then. */
  void pass(Duration time) {
    clock.pass(time);
    control.tick();
  }

  static Instant instant(JsonNode epochSeconds) {
    if (!epochSeconds.isNumber()) {
      throw new AssertionError("not a time: " + epochSeconds);
    }
    return Instant.ofEpochMilli(epochSeconds.decimalValue().movePointRight(3).longValueExact());
  }

  @Override
  public void close() {
    control.close();
  }

  private final class Scribe implements Narrator {
    @Override
    public void session(SessionMove move) {
      told.add("%s->%s: %s".formatted(move.from(), move.to(), move.why()));
    }

    @Override
    public void jobRun(JobRunMove move) {
      told.add("%d: %s->%s: %s".formatted(move.attempt(), move.from(), move.to(), move.why()));
    }

    @Override
    public void application(ApplicationMove move) {
      told.add("%s: %s->%s".formatted(move.name(), move.from(), move.to()));
    }

    @Override
    public void advice(Advice advice) {
      advices.add(advice);
    }
  }
}
