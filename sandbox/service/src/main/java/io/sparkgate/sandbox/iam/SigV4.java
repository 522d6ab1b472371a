package io.sparkgate.sandbox.iam;

/**
 * Reads who signed. The signature itself is not verified: the sandbox knows no secret keys, and
 * listens on loopback only.
 */
public final class SigV4 {

  private SigV4() {}

  /** The access key id in an Authorization header; empty when there is none. */
  public static String accessKeyId(String header) {
    return credential(header)[0];
  }

  /** The service that the request is signed for, as {@code sts}; empty when it says none. */
  public static String service(String header) {
    // The key, the date, the Region, the service and aws4_request.
    String[] scope = credential(header);
    return scope.length == 5 ? scope[3] : "";
  }

  private static String[] credential(String header) {
    String[] parts = header.split("Credential=", 2);
    return parts.length == 2 ? parts[1].split("[,\\s]", 2)[0].split("/", -1) : new String[] {""};
  }
}
