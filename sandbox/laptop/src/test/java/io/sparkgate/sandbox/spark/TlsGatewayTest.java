package io.sparkgate.sandbox.spark;

import static io.sparkgate.sandbox.spark.FakeCall.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.connect.SparkConnectClient;
import io.sparkgate.sandbox.emrserverless.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Status;

class TlsGatewayTest {
  private static final String REGION = "eu-central-1";
  private static final String HOST = "abc.s.emr-serverless-services.eu-central-1.amazonaws.com";
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  /** The certificates, which every test reuses. */
  @TempDir private static Path work;

  private final Map<String, Integer> routes = new ConcurrentHashMap<>();
  private TlsGateway gateway;
  private FakeDriver driver;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws IOException {
    driver = FakeDriver.start("one");
    routes.put("token", driver.port());
    gateway = TlsGateway.start(0, work, REGION, this::portFor);
    channel = channelTo(HOST);
  }

  private int portFor(String token) throws Gateway.Refused {
    if (token.equals("old")) {
      throw Gateway.Refused.expired();
    }
    Integer port = routes.get(token);
    if (port == null) {
      throw new Gateway.Refused("No such token.");
    }
    return port;
  }

  private ManagedChannel channelTo(String host) {
    return SparkConnectClient.channel(host + ":443", gateway.certificate(), gateway.proxyPort());
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    gateway.close();
    driver.close();
  }

  @Test
  void passesMessagesHeadersAndTrailersButNotTheToken() throws Exception {
    Metadata headers = withToken("token");
    var other = Metadata.Key.of("other-bin", Metadata.BINARY_BYTE_MARSHALLER);
    headers.put(other, HELLO);

    FakeCall call = FakeCall.start(channel, Status.Code.OK, headers).send(HELLO).send(new byte[0]);
    assertThat(call.awaitHeaders().get(FakeDriver.NAME)).isEqualTo("one");
    FakeCall.Answer answer = call.end();
    assertThat(answer.messages()).containsExactly(HELLO, new byte[0]);
    assertThat(answer.status().getCode()).isEqualTo(Status.Code.OK);
    assertThat(answer.trailers().get(FakeDriver.TRAILER)).isEqualTo("the end");

    Metadata arrived = driver.awaitCall();
    assertThat(arrived.get(other)).isEqualTo(HELLO);
    assertThat(arrived.containsKey(FakeCall.TOKEN)).isFalse();
  }

  @Test
  void passesAnErrorAsItIs() throws Exception {
    var answer = FakeCall.start(channel, Status.Code.NOT_FOUND, withToken("token")).end();
    assertThat(answer.status().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(answer.status().getDescription()).isEqualTo("as asked");
    assertThat(answer.trailers().get(FakeDriver.TRAILER)).isEqualTo("the end");
  }

  @Test
  void leadsEachTokenToItsDriver() throws Exception {
    try (var two = FakeDriver.start("two")) {
      routes.put("second", two.port());
      var first = FakeCall.start(channel, Status.Code.OK, withToken("token"));
      var second = FakeCall.start(channel, Status.Code.OK, withToken("second"));
      assertThat(first.awaitHeaders().get(FakeDriver.NAME)).isEqualTo("one");
      assertThat(second.awaitHeaders().get(FakeDriver.NAME)).isEqualTo("two");
    }
  }

  @Test
  void acceptsTheLongestToken() throws Exception {
    String token = "t".repeat(8_000);
    routes.put(token, driver.port());
    var answer = FakeCall.start(channel, Status.Code.OK, withToken(token)).end();
    assertThat(answer.status().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void refusesBeforeTheDriverHearsOfIt() throws Exception {
    assertRefused(withToken("wrong"), "No such token.");
    assertRefused(new Metadata(), "The x-aws-proxy-auth header is missing.");
    assertThat(driver.wasCalled()).isFalse();
  }

  @Test
  void saysOfAnExpiredTokenAsLittleAsAws() throws Exception {
    Status status = FakeCall.start(channel, Status.Code.OK, withToken("old")).awaitEnd().status();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(status.getDescription()).isEqualTo("Stream removed");
    assertThat(driver.wasCalled()).isFalse();
  }

  private void assertRefused(Metadata headers, String reason) throws Exception {
    // Not ended by the client: the answer does not wait for its messages.
    Status status = FakeCall.start(channel, Status.Code.OK, headers).awaitEnd().status();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).isEqualTo(reason);
  }

  @Test
  void checksEveryCallAndNotTheConnection() throws Exception {
    FakeCall.start(channel, Status.Code.OK, withToken("token")).end();
    routes.remove("token");
    assertRefused(withToken("token"), "No such token.");
  }

  @Test
  void tellsTheDriverThatTheClientWentAway() throws Exception {
    var call = FakeCall.start(channel, Status.Code.OK, withToken("token"));
    driver.awaitCall();
    call.cancel();
    driver.awaitCancel();
  }

  @Test
  void passesLargeMessagesBothWays() throws Exception {
    byte[] large = new byte[20_000_000];
    large[large.length - 1] = 1;
    var answer = FakeCall.start(channel, Status.Code.OK, withToken("token")).send(large).end();
    assertThat(answer.messages()).containsExactly(large);
  }

  @Test
  void findsTheDriverThatTakesAnothersPort() throws Exception {
    int port = driver.port();
    FakeCall.start(channel, Status.Code.OK, withToken("token")).end();
    assertThat(gateway.connections()).isEqualTo(1);
    driver.close();
    awaitNoConnections();

    var gone = FakeCall.start(channel, Status.Code.OK, withToken("token")).awaitEnd();
    assertThat(gone.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

    try (var next = FakeDriver.start("next", port)) {
      assertThat(next.port()).isEqualTo(port);
      awaitNoConnections();
      var call = FakeCall.start(channel, Status.Code.OK, withToken("token"));
      assertThat(call.awaitHeaders().get(FakeDriver.NAME)).isEqualTo("next");
    }
  }

  private void awaitNoConnections() {
    while (gateway.connections() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void takesFromTheDriverNoFasterThanTheClientDoes() throws Exception {
    int megabytes = 60;
    try (var source = new FakeSource(megabytes)) {
      routes.put("token", source.port());
      var call = FakeCall.startSlowly(channel, Status.Code.OK, withToken("token"));
      int lead = 0;
      for (int taken = 0; taken < megabytes; taken++) {
        assertThat(call.take()).hasSize(FakeSource.MESSAGE);
        lead = Math.max(lead, source.sent() - taken);
      }
      // What may be under way between the four ends; the rest waits in the driver.
      assertThat(lead).isLessThan(megabytes / 2);
      assertThat(call.awaitEnd().status().getCode()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    assertThatThrownBy(() -> TlsGateway.start(gateway.proxyPort(), work, REGION, this::portFor))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Port " + gateway.proxyPort());
  }
}
