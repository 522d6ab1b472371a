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

  /** Answered to the client at once, as UNAUTHENTICATED; an expired token as AWS answers it. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean expired;

    public Refused(String reason) {
      this(reason, false);
    }

    private Refused(String reason, boolean expired) {
      super(reason);
      this.expired = expired;
    }

    /** For a token that was good once. */
    public static Refused expired() {
      return new Refused("The x-aws-proxy-auth token has expired.", true);
    }

    /** Whether the token was good once, so that the client hears as little of it as on AWS. */
    public boolean isExpired() {
      return expired;
    }
  }
}
