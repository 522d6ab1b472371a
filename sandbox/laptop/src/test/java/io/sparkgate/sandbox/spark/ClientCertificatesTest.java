package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificatesTest {
  private static final List<String> NAMES = List.of("alice");

  @TempDir Path directory;

  @Test
  void keepsThemUntilTheyAreAboutToExpire() throws Exception {
    ClientCertificates made = ClientCertificates.in(directory, NAMES, Instant.now());
    String certificate = Files.readString(made.certificate("alice"));

    ClientCertificates.in(directory, NAMES, Instant.now());
    assertThat(Files.readString(made.certificate("alice"))).isEqualTo(certificate);

    ClientCertificates.in(directory, NAMES, Instant.now().plus(Duration.ofDays(364)));
    assertThat(Files.readString(made.certificate("alice"))).isNotEqualTo(certificate);
  }

  @Test
  void onlyTheUserReadsThemAndTheAuthoritysKeyIsGone() throws Exception {
    ClientCertificates made = ClientCertificates.in(directory, NAMES, Instant.now());

    assertThat(Files.readString(made.key("alice"))).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key("alice"))))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("ca.pem", "alice.pem", "alice.key");
    }
  }
}
