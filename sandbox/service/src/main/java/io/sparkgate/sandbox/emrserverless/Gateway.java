package io.sparkgate.sandbox.emrserverless;

import java.nio.file.Path;

/** The TLS front of all sessions, and the way to it for clients that dial a host on port 443. */
public interface Gateway extends AutoCloseable {

  /** The port of the HTTP CONNECT proxy that leads any host's port 443 to the front. */
  int proxyPort();

  /** The certificate that clients have to trust, in PEM. */
  Path certificate();

  @Override
  void close();

  /** Where a call leads. */
  interface Routes {
    /**
     * The loopback port of the driver that a token opens.
     *
     * @throws Refused if the token is missing, unknown, expired or its session is not up
     */
    int portFor(String token) throws Refused;
  }

  /** Answered to the client at once, as UNAUTHENTICATED. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String reason) {
      super(reason);
    }
  }
}
