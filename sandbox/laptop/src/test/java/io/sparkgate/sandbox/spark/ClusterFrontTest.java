package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.connect.SparkConnectClient;
import io.sparkgate.sandbox.emrserverless.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.TlsChannelCredentials;
import org.sparkproject.connect.grpc.netty.NettyChannelBuilder;

class ClusterFrontTest {
  private static final String HOST = "spark.dev.example.com";
  private static final Duration LONG = Duration.ofMinutes(15);

  /** The certificates, which every test reuses. */
  @TempDir private static Path work;

  private static ClientCertificates people;

  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private FakeDriver server;
  private ClusterFront front;
  private ManagedChannel channel;

  @BeforeAll
  static void sign() throws IOException {
    people = ClientCertificates.in(work.resolve("people"), List.of("alice"), Instant.now());
  }

  @BeforeEach
  void serve() throws IOException {
    server = FakeDriver.start("server");
  }

  @AfterEach
  void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (front != null) {
      front.close();
    }
    server.close();
  }

  private ClusterDoor door(Duration idle, Optional<ClientCertificates> clients, boolean up) {
    return new ClusterDoor(
        HOST,
        8443,
        idle,
        clients,
        () -> up ? OptionalInt.of(server.port()) : OptionalInt.empty(),
        news::add);
  }

  private FrontCertificate certificate() throws IOException {
    return FrontCertificate.in(work.resolve("front"), List.of(HOST), Instant.now());
  }

  /** Opens the front and a channel to it that shows a certificate, or none. */
  private void open(ClusterDoor door, Optional<ClientCertificates> shown) throws IOException {
    FrontCertificate certificate = certificate();
    front = ClusterFront.start(certificate, door);
    var credentials =
        TlsChannelCredentials.newBuilder().trustManager(certificate.authority().toFile());
    if (shown.isPresent()) {
      credentials.keyManager(
          shown.get().certificate("alice").toFile(), shown.get().key("alice").toFile());
    }
    channel =
        NettyChannelBuilder.forAddress(front.address(), credentials.build())
            .proxyDetector(address -> null)
            .overrideAuthority(HOST)
            .build();
  }

  private FakeCall call(Metadata headers) {
    return FakeCall.start(channel, Status.Code.OK, headers);
  }

  @Test
  void tellsTheServerWhoseCertificateItVerifiedWhateverTheClientSays() throws Exception {
    open(door(LONG, Optional.of(people), true), Optional.of(people));
    var headers = new Metadata();
    headers.put(ClusterFront.SUBJECT, "CN=bob");
    headers.put(ClusterFront.SUBJECT, "CN=carol");

    assertThat(call(headers).end().status().getCode()).isEqualTo(Status.Code.OK);
    assertThat(server.awaitCall().getAll(ClusterFront.SUBJECT)).containsExactly("CN=alice");
  }

  @Test
  void shakesNoHandsWithWhoHasNoCertificate() throws Exception {
    open(door(LONG, Optional.of(people), true), Optional.empty());

    assertThat(call(new Metadata()).awaitEnd().status().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.wasCalled()).isFalse();
  }

  @Test
  void shakesNoHandsWithWhomAnotherAuthorityNamesAlice(@TempDir Path elsewhere) throws Exception {
    var rogue = ClientCertificates.in(elsewhere, List.of("alice"), Instant.now());
    open(door(LONG, Optional.of(people), true), Optional.of(rogue));

    assertThat(call(new Metadata()).awaitEnd().status().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.wasCalled()).isFalse();
  }

  @Test
  void passesATokenOnToTheServerWhichJudgesIt() throws Exception {
    open(door(LONG, Optional.empty(), true), Optional.empty());
    var authorization = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    var headers = new Metadata();
    headers.put(authorization, "Bearer secret");

    call(headers).end();
    assertThat(server.awaitCall().get(authorization)).isEqualTo("Bearer secret");
  }

  @Test
  void cutsACallInWhichNoMessagePassesAndSaysSo() throws Exception {
    open(door(Duration.ofMillis(50), Optional.empty(), true), Optional.empty());
    Status heard =
        call(new Metadata()).awaitEnd().status(); // The server has said hello, and waits.

    assertThat(heard.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(heard.getDescription()).contains("RST_STREAM");
    server.awaitCancel();
    assertThat(news.poll(60, TimeUnit.SECONDS))
        .isEqualTo("the load balancer cut a call of OK: no message passed for its idle time-out");
  }

  @Test
  void isUnavailableWhileNoServerAnswers() throws Exception {
    open(door(LONG, Optional.empty(), false), Optional.empty());
    Status heard = call(new Metadata()).awaitEnd().status();

    assertThat(heard.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(heard.getDescription()).endsWith("status: 503");
  }

  @Test
  void isWhereTheProxyLeadsForTheEndpointsHostAndPort() throws Exception {
    Gateway.Routes nowhere =
        token -> {
          throw new Gateway.Refused("No such token.");
        };
    try (var gateway =
        TlsGateway.start(
            0, work, "eu-west-1", nowhere, Optional.of(door(LONG, Optional.empty(), true)))) {
      channel =
          SparkConnectClient.channel(HOST + ":8443", gateway.certificate(), gateway.proxyPort());

      assertThat(call(new Metadata()).awaitHeaders().get(FakeDriver.NAME)).isEqualTo("server");
    }
  }
}
