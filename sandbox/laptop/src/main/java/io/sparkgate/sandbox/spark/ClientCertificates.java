package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Certificates and keys of people who connect, in PEM, and the authority that signed them all. The
 * authority's key is thrown away once it has signed.
 */
public final class ClientCertificates {
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Path directory;

  private ClientCertificates(Path directory) {
    this.directory = directory;
  }

  /**
   * Those that a directory keeps, or new ones if one is missing or about to expire.
   *
   * @param names of people; each becomes the CN of its certificate
   */
  public static ClientCertificates in(Path directory, List<String> names, Instant now)
      throws IOException {
    var certificates = new ClientCertificates(directory);
    if (!names.stream().allMatch(name -> certificates.keeps(name, now))) {
      Files.createDirectories(directory);
      certificates.make(names);
    }
    return certificates;
  }

  /** The certificate of the authority that signed the others, in PEM. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  /** Somebody's certificate, in PEM. */
  public Path certificate(String name) {
    return directory.resolve(name + ".pem");
  }

  /** Somebody's key, in PEM, without a password. */
  public Path key(String name) {
    return directory.resolve(name + ".key");
  }

  private boolean keeps(String name, Instant now) {
    try {
      X509Certificate certificate = read(certificate(name));
      certificate.verify(read(authority()).getPublicKey());
      return Files.exists(key(name))
          && now.plus(MARGIN).isBefore(certificate.getNotAfter().toInstant());
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private static X509Certificate read(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private void make(List<String> names) throws IOException {
    Path fresh = PrivateFiles.temporaryDirectory(directory);
    Path store = fresh.resolve("clients.p12");
    try {
      Keytool.authority(store, "Sparkgate sandbox client authority");
      for (String name : names) {
        Keytool.signedClient(store, name);
      }
      char[] password = Keytool.PASSWORD.toCharArray();
      KeyStore keys = KeyStore.getInstance(store.toFile(), password);
      for (String name : names) {
        Certificate certificate = keys.getCertificate(name);
        PrivateFiles.write(certificate(name), Pem.of(certificate));
        PrivateFiles.write(key(name), Pem.of((PrivateKey) keys.getKey(name, password)));
      }
      PrivateFiles.write(authority(), Pem.of(keys.getCertificate(Keytool.AUTHORITY)));
    } catch (GeneralSecurityException e) {
      throw new IOException("The clients' certificates cannot be made: " + e.getMessage(), e);
    } finally {
      Directories.delete(fresh);
    }
  }
}
