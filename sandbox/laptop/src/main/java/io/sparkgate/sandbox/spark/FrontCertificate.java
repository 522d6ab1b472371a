package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * The front's certificate, and that of the authority which signed it and which clients trust. The
 * authority's key is thrown away once it has signed: nobody can sign a second certificate.
 */
final class FrontCertificate {

  private static final Duration MARGIN = Duration.ofDays(1);

  private final KeyStore keys;
  private final Path authority;

  private FrontCertificate(KeyStore keys, Path authority) {
    this.keys = keys;
    this.authority = authority;
  }

  /**
   * The one that a directory keeps, or a new one if there is none, it is about to expire or it is
   * for other hosts.
   */
  static FrontCertificate in(Path directory, List<String> hosts, Instant now) throws IOException {
    Path keysFile = directory.resolve("front.p12");
    Path authority = directory.resolve("ca.pem");
    Optional<KeyStore> kept = load(keysFile).filter(keys -> fits(keys, authority, hosts, now));
    if (kept.isPresent()) {
      return new FrontCertificate(kept.get(), authority);
    }
    Files.createDirectories(directory);
    return new FrontCertificate(create(keysFile, authority, hosts), authority);
  }

  /** The authority's certificate, in PEM. */
  Path authority() {
    return authority;
  }

  KeyManager[] keyManagers() {
    try {
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, Keytool.PASSWORD.toCharArray());
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // A key store that was read has keys that can be read.
    }
  }

  private static Optional<KeyStore> load(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(KeyStore.getInstance(file.toFile(), Keytool.PASSWORD.toCharArray()));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty(); // Damaged; a new one will do.
    }
  }

  private static boolean fits(KeyStore keys, Path authority, List<String> hosts, Instant now) {
    try (InputStream pem = Files.newInputStream(authority)) {
      Certificate trusted = CertificateFactory.getInstance("X.509").generateCertificate(pem);
      var certificate = (X509Certificate) keys.getCertificate(Keytool.FRONT);
      certificate.verify(trusted.getPublicKey());
      return now.plus(MARGIN).isBefore(certificate.getNotAfter().toInstant())
          && hosts.stream().allMatch(host -> names(certificate, host));
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean names(X509Certificate certificate, String host) {
    try {
      return certificate.getSubjectAlternativeNames().stream().anyMatch(n -> n.contains(host));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static KeyStore create(Path keysFile, Path authority, List<String> hosts)
      throws IOException {
    Path fresh = PrivateFiles.temporaryDirectory(keysFile.getParent());
    try {
      Path signed = fresh.resolve("signed.p12");
      Keytool.authority(signed);
      Keytool.signed(signed, hosts);
      KeyStore keys = KeyStore.getInstance(signed.toFile(), Keytool.PASSWORD.toCharArray());
      Files.delete(signed);
      Certificate ca = keys.getCertificate(Keytool.AUTHORITY);
      keys.deleteEntry(Keytool.AUTHORITY);

      try (OutputStream out = PrivateFiles.stream(fresh.resolve("front.p12"))) {
        keys.store(out, Keytool.PASSWORD.toCharArray());
      }
      try (var out = PrivateFiles.write(fresh.resolve("ca.pem"))) {
        out.write(Pem.of(ca));
      }
      for (Path file : List.of(authority, keysFile)) {
        Files.move(fresh.resolve(file.getFileName()), file, StandardCopyOption.REPLACE_EXISTING);
      }
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate cannot be made: " + e.getMessage(), e);
    } finally {
      for (String name : List.of("signed.p12", "front.p12", "ca.pem")) {
        Files.deleteIfExists(fresh.resolve(name));
      }
      Files.delete(fresh);
    }
  }
}
