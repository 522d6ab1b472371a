package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontCertificateTest {
  private static final String EAST = TlsGateway.sessionHosts("us-east-1");
  private static final List<String> FILES = List.of("ca.pem", "front.p12");
  private static final String WEST = TlsGateway.sessionHosts("us-west-2");

  /** Made once, for it takes a second; each test has a copy. */
  @TempDir private static Path made;

  @TempDir private Path directory;
  private FrontCertificate certificate;

  @BeforeAll
  static void make() throws IOException {
    FrontCertificate.in(made, List.of(EAST), Instant.now());
  }

  @BeforeEach
  void copy() throws IOException {
    for (String file : FILES) {
      Files.copy(made.resolve(file), directory.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    certificate = FrontCertificate.in(directory, List.of(EAST), Instant.now());
  }

  @Test
  void isTrustedForSessionsAndForThisMachine() throws Exception {
    assertThat(isTrusted("a1.s.emr-serverless-services.us-east-1.amazonaws.com")).isTrue();
    assertThat(isTrusted("localhost")).isTrue();
    assertThat(isTrusted("127.0.0.1")).isTrue();

    assertThat(isTrusted("a.b.s.emr-serverless-services.us-east-1.amazonaws.com")).isFalse();
    assertThat(isTrusted("a1.s.emr-serverless-services.us-west-2.amazonaws.com")).isFalse();
    assertThat(isTrusted("example.com")).isFalse();
  }

  @Test
  void leavesNothingToSignAnotherWith() throws Exception {
    KeyStore keys =
        KeyStore.getInstance(
            directory.resolve("front.p12").toFile(), Keytool.PASSWORD.toCharArray());
    assertThat(keys.size()).isEqualTo(1);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(FILES);
    }
  }

  @Test
  void isForItsOwnersEyes() throws Exception {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
    for (String file : FILES) {
      var permissions = Files.getPosixFilePermissions(directory.resolve(file));
      assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }
  }

  @Test
  void isKeptWhileItIsGood() throws Exception {
    assertThat(authorityAfter(EAST, Instant.now())).isEqualTo(authority());
  }

  @Test
  void isRenewedWhenItIsAboutToExpire() throws Exception {
    byte[] old = authority();
    assertThat(authorityAfter(EAST, Instant.now().plus(Duration.ofDays(365)))).isNotEqualTo(old);
  }

  @Test
  void isRenewedForAnotherRegion() throws Exception {
    byte[] old = authority();
    assertThat(authorityAfter(WEST, Instant.now())).isNotEqualTo(old);
    assertThat(isTrusted("a1.s.emr-serverless-services.us-west-2.amazonaws.com")).isTrue();
  }

  @Test
  void isRenewedWhenAFileIsDamagedOrGone() throws Exception {
    Files.delete(directory.resolve("ca.pem"));
    assertThat(authorityAfter(EAST, Instant.now())).isNotEmpty();
    assertThat(isTrusted("localhost")).isTrue();

    Files.writeString(directory.resolve("front.p12"), "damaged");
    byte[] old = authority();
    assertThat(authorityAfter(EAST, Instant.now())).isNotEqualTo(old);
    assertThat(isTrusted("localhost")).isTrue();
  }

  private byte[] authorityAfter(String hosts, Instant now) throws IOException {
    certificate = FrontCertificate.in(directory, List.of(hosts), now);
    return authority();
  }

  private byte[] authority() throws IOException {
    return Files.readAllBytes(certificate.authority());
  }

  /** As a TLS client judges: the chain up to the authority, and the host's name. */
  private boolean isTrusted(String host) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var pem = Files.newInputStream(certificate.authority())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);

    try (var server =
            context(certificate.keyManagers(), null)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var plain = new Socket(server.getInetAddress(), server.getLocalPort());
        var client =
            (SSLSocket)
                context(null, factory.getTrustManagers())
                    .getSocketFactory()
                    .createSocket(plain, host, 443, true);
        var accepted = (SSLSocket) server.accept()) {
      var parameters = client.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      client.setSSLParameters(parameters);
      var serving = CompletableFuture.runAsync(() -> handshake(accepted));
      try {
        client.startHandshake();
        return true;
      } catch (SSLHandshakeException e) {
        return false;
      } finally {
        serving.join();
      }
    }
  }

  private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted)
      throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(keys, trusted, null);
    return context;
  }

  private static void handshake(SSLSocket server) {
    try {
      server.startHandshake();
    } catch (IOException e) {
      // The client's opinion is what counts.
    }
  }
}
