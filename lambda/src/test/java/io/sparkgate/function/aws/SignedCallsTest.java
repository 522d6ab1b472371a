package io.sparkgate.function.aws;

import static io.sparkgate.function.stub.Operation.DESCRIBE_SUBNETS;
import static io.sparkgate.function.stub.Operation.GET_OBJECT;
import static io.sparkgate.function.stub.Operation.PUT_EVENTS;
import static io.sparkgate.function.stub.Operation.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.SideServicesStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedCallsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String KEY = "usage/month=2026-11/day=20/session-s1.json";

  @AutoClose private final SideServicesStub aws = SideServicesStub.start();

  @AutoClose
  private final LambdaEnvironment lambda =
      LambdaEnvironment.withContainerCredentials(aws.uri())
          .with("AWS_ENDPOINT_URL_S3", aws.uri().toString())
          .with("AWS_ENDPOINT_URL_EVENTBRIDGE", aws.uri().toString())
          .with("AWS_ENDPOINT_URL_EC2", aws.uri().toString());

  private final Calls calls = new Calls(() -> Duration.ofMinutes(1), () -> Calls.LIMIT);
  private final UsageObjects objects =
      new UsageObjects(UsageObjects.client(lambda.variables()), calls, "bills");
  private final EventBus bus = new EventBus(EventBus.client(lambda.variables()), calls, "platform");
  private final Subnets subnets = new Subnets(Subnets.client(lambda.variables()), calls);

  @Test
  void keepsAnObjectAndGivesItBack() throws ServiceCallException {
    objects.put(KEY, "{\"a\":\"\u00fc\"}");

    assertThat(aws.objects()).containsOnlyKeys("bills/" + KEY);
    assertThat(objects.get(KEY)).hasValue("{\"a\":\"\u00fc\"}");
    assertThat(aws.calls())
        .hasToString("[PUT_OBJECT %s, GET_OBJECT %s]".formatted(KEY, KEY))
        .allSatisfy(call -> assertThat(call.signingScope()).isEqualTo("eu-west-1/s3/aws4_request"));
  }

  @Test
  void knowsAnObjectThatIsNotThere() throws ServiceCallException {
    assertThat(objects.get(KEY)).isEmpty();
  }

  @Test
  void saysWhichObjectS3RefusesAndWhatToDo() {
    aws.always(PUT_OBJECT).fail(new Fault(403, "AccessDenied", "Access Denied"));

    assertThatThrownBy(() -> objects.put(KEY, "{}"))
        .hasMessageStartingWith("PutObject: AccessDenied: Access Denied (s3://bills/%s)", KEY)
        .hasMessageEndingWith(
            "; what to do: allow the function's role s3:PutObject on it, and its use of the"
                + " bucket's key");
  }

  @Test
  void saysThatS3RefusesWhatIsNotThereToThoseWhoMayNotList() {
    aws.always(GET_OBJECT).fail(new Fault(403, "AccessDenied", "Access Denied"));

    assertThatThrownBy(() -> objects.get(KEY))
        .hasMessageContaining("s3:GetObject on it and s3:ListBucket on the bucket");
  }

  @Test
  void triesAgainWhatMayPass() throws ServiceCallException {
    aws.next(1, PUT_OBJECT).fail(Fault.INTERNAL);
    aws.next(1, PUT_OBJECT).fail(Fault.BROKEN);

    objects.put(KEY, "{}");

    assertThat(aws.objects()).hasSize(1);
  }

  @Test
  void leavesWhatIsThrottledToTheOneWhoPaces() {
    aws.always(PUT_OBJECT).fail(new Fault(503, "SlowDown", "Please reduce your request rate."));

    ServiceCallException e = failure(() -> objects.put(KEY, "{}"));

    assertThat(e.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(aws.calls()).hasSize(1);
  }

  @Test
  void triesNothingAgainThatIsRefused() {
    aws.always(PUT_OBJECT).fail(new Fault(403, "AccessDenied", "Access Denied"));

    assertThat(failure(() -> objects.put(KEY, "{}")).kind()).isEqualTo(Kind.DENIED);
    assertThat(aws.calls()).hasSize(1);
  }

  /** A pause that outlasts the call would only hide why it fails. */
  @Test
  void doesNotWaitForLongerThanTheCallMayTake() {
    UsageObjects hasty =
        new UsageObjects(
            UsageObjects.client(lambda.variables()),
            new Calls(() -> Duration.ofMinutes(1), () -> Duration.ofSeconds(1)),
            "bills");
    aws.always(PUT_OBJECT).fail(Fault.INTERNAL);

    assertThat(failure(() -> hasty.put(KEY, "{}")))
        .hasMessageStartingWith("PutObject: InternalServerException: Internal server error");
  }

  /** As EventBridge and others may, and as a proxy does that says nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ThrottlingException:http://internal/ | {\"Message\":\"Slowly\"} |"
            + " PutEvents: ThrottlingException: Slowly (event bus platform)",
        "aws#ThrottlingException | {\"message\":\"Slowly\"} |"
            + " PutEvents: ThrottlingException: Slowly (event bus platform)",
        " | '' | PutEvents: Http400: no message (event bus platform)",
      })
  void readsWhatIsWrongHoweverItIsSaid(String header, String body, String message)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (header != null) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", header);
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      lambda.with(
          "AWS_ENDPOINT_URL_EVENTBRIDGE", "http://127.0.0.1:" + server.getAddress().getPort());
      EventBus other = new EventBus(EventBus.client(lambda.variables()), calls, "platform");

      assertThat(other.put(List.of(event(1))))
          .singleElement()
          .satisfies(refused -> assertThat(refused.why()).hasMessage(message));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void givesUpWhenTheTimeOfTheCallIsUp() throws InterruptedException {
    UsageObjects hasty =
        new UsageObjects(
            UsageObjects.client(lambda.variables()),
            new Calls(() -> Duration.ofMillis(300), () -> Calls.LIMIT),
            "bills");
    var gate = aws.always(PUT_OBJECT).hold();

    ServiceCallException e = failure(() -> hasty.put(KEY, "{}"));

    gate.open();
    assertThat(e.kind()).isEqualTo(Kind.OUT_OF_TIME);
  }

  @Test
  void putsEventsTenAtATime() throws Exception {
    List<EventBus.Event> events = IntStream.range(0, 12).mapToObj(SignedCallsTest::event).toList();

    assertThat(bus.put(events)).isEmpty();

    assertThat(aws.calls()).hasToString("[PUT_EVENTS platform, PUT_EVENTS platform]");
    assertThat(aws.events()).hasSize(12);
    assertThat(aws.events().get(11))
        .containsEntry("Source", "sparkgate")
        .containsEntry("DetailType", "Kind")
        .containsEntry("EventBusName", "platform")
        .containsEntry("Time", 1795176000);
    assertThat(JSON.std.mapFrom((String) aws.events().get(11).get("Detail")))
        .isEqualTo(Map.of("eventId", "e11"));
  }

  @Test
  void tellsWhichEventOfABatchTheBusDidNotTake() {
    aws.next(1, PUT_EVENTS).answering("ErrorCode", "ThrottlingException");

    List<EventBus.Refused> refused = bus.put(List.of(event(1), event(2)));

    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).event()).isEqualTo(event(1));
    assertThat(refused.get(0).why())
        .hasMessage("PutEvents: ThrottlingException: not now (event bus platform)");
    assertThat(refused.get(0).why().kind()).isEqualTo(Kind.THROTTLED);
  }

  @Test
  void tellsAllOfABatchThatFailed() {
    aws.always(PUT_EVENTS).fail(Fault.DENIED);

    assertThat(bus.put(List.of(event(1), event(2))))
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThat(each.why())
                    .hasMessageStartingWith(
                        "PutEvents: AccessDeniedException: User is not authorized (event bus"
                            + " platform)"));
  }

  @Test
  void putsTheNextBatchWhereOneFailed() {
    aws.next(1, PUT_EVENTS).fail(Fault.DENIED);

    assertThat(bus.put(IntStream.range(0, 12).mapToObj(SignedCallsTest::event).toList()))
        .hasSize(10);
    assertThat(aws.events()).hasSize(2);
  }

  @Test
  void readsTheFreeAddressesOfSubnets() throws ServiceCallException {
    aws.subnet("subnet-1", 250).subnet("subnet-2", 3);

    assertThat(subnets.freeAddresses(List.of("subnet-1", "subnet-2")))
        .isEqualTo(Map.of("subnet-1", 250, "subnet-2", 3));
    assertThat(aws.calls()).singleElement().matches(DESCRIBE_SUBNETS);
  }

  @Test
  void saysWhichSubnetsCouldNotBeRead() {
    ServiceCallException e = failure(() -> subnets.freeAddresses(List.of("subnet-9")));

    assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(e).hasMessageContaining("(subnet-9)");
  }

  /** A certificate of S3 is for one label before its own name. */
  @ParameterizedTest
  @CsvSource({
    "bills, https://bills.s3.eu-west-1.amazonaws.com, /usage/month%3D2026-11/s1.json",
    "bills.example, https://s3.eu-west-1.amazonaws.com, /bills.example/usage/month%3D2026-11/s1.json",
  })
  void findsAnObjectByTheNameOfItsBucket(String bucket, String host, String path) {
    UsageObjects real =
        new UsageObjects(UsageObjects.client(Map.of("AWS_REGION", "eu-west-1")), calls, bucket);

    assertThat(real.place("usage/month=2026-11/s1.json"))
        .isEqualTo(new UsageObjects.Place(URI.create(host), path));
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, s3.eu-west-1.amazonaws.com",
    "us-gov-west-1, s3.us-gov-west-1.amazonaws.com",
    "cn-north-1, s3.cn-north-1.amazonaws.com.cn",
  })
  void callsTheServiceOfTheRegionsPartition(String region, String host) {
    assertThat(UsageObjects.client(Map.of("AWS_REGION", region)).host()).isEqualTo(host);
  }

  private static EventBus.Event event(int number) {
    return new EventBus.Event("Kind", NOW, Map.of("eventId", "e" + number));
  }

  private interface Action {
    void run() throws ServiceCallException;
  }

  private static ServiceCallException failure(Action action) {
    return catchThrowableOfType(ServiceCallException.class, action::run);
  }
}
