package io.sparkgate.sandbox.emrserverless;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The bearer tokens that open sessions for an hour of the sandbox's time. They are secrets: no
 * message repeats one.
 *
 * <p>Their ends are told to clients and so are reckoned by the clients' clock, the real one.
 */
final class Tokens implements Gateway.Routes {

  private static final Duration LIFE = Duration.ofHours(1);

  /** For how long an expired token is told from one that never was. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private static final String ADVICE =
      "A client calls with a token that has expired, and hears UNKNOWN, \"Stream removed\", as on AWS."
          + " It has to fetch a new one by GetSessionEndpoint and to connect with"
          + " SparkSession.builder.remote(url).create(), or to call spark.stop() before"
          + " getOrCreate(), which would return the old SparkSession. Temporary views and functions"
          + " have to be made anew.";

  private record Grant(Session session, Instant expiresAt) {}

  /** A token and its end by the clients' clock. */
  record Issued(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "a token until " + expiresAt;
    }
  }

  private final Estate estate;
  private final SandboxClock clock;
  private final Narrator narrator;
  private final Map<String, Grant> grants = new HashMap<>();

  /** Of whose expired tokens was told. */
  private final Set<Session> told = new HashSet<>();

  Tokens(Estate estate, SandboxClock clock, Narrator narrator) {
    this.estate = estate;
    this.clock = clock;
    this.narrator = narrator;
  }

  /** A new token; those given before go on being valid. The estate is held. */
  Issued issue(Session session) {
    // As exact as it is told.
    Instant end = clock.realEnd(LIFE).truncatedTo(ChronoUnit.MILLIS);
    Issued issued = new Issued(Ids.token(), end);
    grants.put(issued.token(), new Grant(session, issued.expiresAt()));
    return issued;
  }

  /** Forgets what expired long ago. The estate is held. */
  void forget() {
    Instant since = clock.real().instant().minus(clock.real(MEMORY));
    grants.values().removeIf(grant -> grant.expiresAt().isBefore(since));
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
      Session session = grant.session();
      if (!clock.real().instant().isBefore(grant.expiresAt())) {
        advise(session);
        throw Gateway.Refused.expired();
      }
      return session
          .place()
          .map(Session.Place::grpcPort)
          .orElseThrow(
              () ->
                  new Gateway.Refused(
                      "Session %s is %s.".formatted(session.id(), session.state())));
    }
  }

  /** Once, for a client may call often; and not of a session to which nobody can return. */
  private void advise(Session session) {
    if (session.state().up() && told.add(session)) {
      narrator.advice(new Narrator.Advice(clock.now(), session.id(), session.createdBy(), ADVICE));
    }
  }
}
