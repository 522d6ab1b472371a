package io.sparkgate.sandbox.spark;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/** Certificates and keys as clients other than Java's read them. */
final class Pem {
  private Pem() {}

  static String of(Certificate certificate) throws CertificateEncodingException {
    return of("CERTIFICATE", certificate.getEncoded());
  }

  static String of(PrivateKey key) {
    return of("PRIVATE KEY", key.getEncoded());
  }

  private static String of(String what, byte[] encoded) {
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return """
        -----BEGIN %1$s-----
        %2$s
        -----END %1$s-----
        """
        .formatted(what, base64.encodeToString(encoded));
  }
}
