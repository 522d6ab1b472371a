package io.sparkgate.sandbox.iam;

/**
 * Reads who signed. The signature itself is not verified: the sandbox knows no secret keys, and
 * listens on loopback only.
 */
public final class SigV4 {

  private SigV4() {}

  /** The access key id in an Authorization header; empty when there is none. */
  public static String accessKeyId(String header) {
    String[] parts = header.split("Credential=", 2);
    return parts.length == 2 ? parts[1].split("[/,\\s]", 2)[0] : "";
  }
}
