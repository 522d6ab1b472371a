package io.sparkgate.benchmark.service;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/**
 * What a TLS server shows and its clients trust, both of a public service's size: a certificate for
 * 127.0.0.1 by an intermediate authority, and the roots of this JDK with one more. All keys are RSA
 * with 2048 bits.
 *
 * @param keyStore of the server, with the chain under the alias {@code leaf}
 * @param trustStore the roots in JKS, as the JDK's own is a format that needs no password to read
 * @param bundle the roots in PEM
 */
public record Certificates(Path keyStore, Path trustStore, Path bundle) {

  /** Of both stores. */
  public static final String PASSWORD = "changeit";

  /** Creates them as files in an existing directory; takes a few seconds. */
  public static Certificates create(Path directory) throws IOException, GeneralSecurityException {
    Certificates certificates =
        new Certificates(
            directory.resolve("server.p12"),
            directory.resolve("trust.jks"),
            directory.resolve("trust.pem"));
    certificates.keyPair("root", "-ext", "bc:c=ca:true");
    certificates.keyPair("intermediate", "-signer", "root", "-ext", "bc:c=ca:true,pathlen:0");
    certificates.keyPair("leaf", "-signer", "intermediate", "-ext", "san=ip:127.0.0.1");
    certificates.trust();
    return certificates;
  }

  SslContext server() {
    try {
      KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
      PrivateKey key = (PrivateKey) keys.getKey("leaf", PASSWORD.toCharArray());
      X509Certificate[] chain =
          Arrays.stream(keys.getCertificateChain("leaf")).limit(2).toArray(X509Certificate[]::new);
      return SslContextBuilder.forServer(key, chain).protocols("TLSv1.3").build();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(keyStore + " cannot be used: " + e.getMessage(), e);
    }
  }

  private void keyPair(String alias, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=Benchmark " + alias));
    command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "30"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", keyStore.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool failed: " + said.strip());
    }
  }

  private void trust() throws IOException, GeneralSecurityException {
    KeyStore roots =
        KeyStore.getInstance(
            Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toFile(),
            PASSWORD.toCharArray());
    KeyStore trust = KeyStore.getInstance("JKS");
    trust.load(null, null);
    StringBuilder pem = new StringBuilder();
    for (String alias : Collections.list(roots.aliases())) {
      add(trust, pem, alias, roots.getCertificate(alias));
    }
    KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
    add(trust, pem, "benchmark", keys.getCertificate("root"));
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    Files.writeString(bundle, pem);
  }

  private static void add(KeyStore trust, StringBuilder pem, String alias, Certificate certificate)
      throws GeneralSecurityException {
    trust.setCertificateEntry(alias, certificate);
    pem.append("-----BEGIN CERTIFICATE-----\n")
        .append(
            Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
        .append("\n-----END CERTIFICATE-----\n");
  }
}
