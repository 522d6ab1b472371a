package io.sparkgate.sandbox.emrserverless;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The bearer tokens that open sessions for an hour. They are secrets: no message repeats one. */
final class Tokens implements Gateway.Routes {

  private static final Duration LIFE = Duration.ofHours(1);

  /** For how long an expired token is told from one that never was. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private record Grant(Session session, Instant expiresAt) {}

  /** A token and its end. */
  record Issued(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "a token until " + expiresAt;
    }
  }

  private final Estate estate;
  private final SandboxClock clock;
  private final Map<String, Grant> grants = new HashMap<>();

  Tokens(Estate estate, SandboxClock clock) {
    this.estate = estate;
    this.clock = clock;
  }

  /** A new token; those given before go on being valid. The estate is held. */
  Issued issue(Session session, Instant now) {
    Issued issued = new Issued(Ids.token(), now.plus(LIFE));
    grants.put(issued.token(), new Grant(session, issued.expiresAt()));
    return issued;
  }

  /** Forgets what expired long ago. The estate is held. */
  void forget(Instant now) {
    grants.values().removeIf(grant -> now.isAfter(grant.expiresAt().plus(MEMORY)));
  }

  @Override
  public int portFor(String token) throws Gateway.Refused {
    synchronized (estate) {
      if (token.isEmpty()) {
        throw new Gateway.Refused("The x-aws-proxy-auth token is missing.");
      }
      Grant grant = grants.get(token);
      if (grant == null) {
        throw new Gateway.Refused("The x-aws-proxy-auth token is unknown.");
      }
      if (!clock.now().isBefore(grant.expiresAt())) {
        throw new Gateway.Refused(
            "The x-aws-proxy-auth token has expired after an hour. Call GetSessionEndpoint for a new"
                + " one and connect with SparkSession.builder.remote(url).create(), or call"
                + " spark.stop() before getOrCreate(), which would return this SparkSession again."
                + " Temporary views and functions have to be made anew.");
      }
      Session session = grant.session();
      return session
          .place()
          .map(Session.Place::grpcPort)
          .orElseThrow(
              () ->
                  new Gateway.Refused(
                      "Session %s is %s.".formatted(session.id(), session.state())));
    }
  }
}
