package io.sparkgate.sandbox.sts;

import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.iam.RoleSession;
import io.sparkgate.sandbox.iam.TemporaryCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes a caller a session of a role, if the role's trust and the caller's policies let it. */
final class AssumeRole {

  private static final List<String> PLAYED =
      List.of(
          "RoleArn", "RoleSessionName", "DurationSeconds", "ExternalId", "SourceIdentity", "Tags");

  private static final Duration BY_DEFAULT = Duration.ofHours(1);
  private static final Duration LONGEST_CHAINED = Duration.ofHours(1);
  private static final int MOST_TAGS = 50;

  private final LiveAccess access;
  private final Function<String, Optional<Role>> roles;
  private final Function<Duration, Instant> ends;

  AssumeRole(
      LiveAccess access, Function<String, Optional<Role>> roles, Function<Duration, Instant> ends) {
    this.access = access;
    this.roles = roles;
    this.ends = ends;
  }

  Map<String, Object> answer(Identity caller, Parameters parameters) throws Fault {
    requirePlayed(parameters);
    Problems.in(parameters).throwIfAny();
    RoleSession session =
        new RoleSession(
            parameters.text("RoleSessionName"),
            parameters.text("SourceIdentity"),
            tags(parameters),
            parameters.text("ExternalId"));
    Role role = role(caller, parameters.text("RoleArn"));
    Optional<String> denial = access.denial(caller, role, session);
    if (denial.isPresent()) {
      throw Fault.denied(denial.get());
    }
    Duration duration = duration(parameters);
    requireShort(duration, caller, role);
    // AWS tells the end in whole seconds; what is told is the end.
    Instant end = ends.apply(duration).truncatedTo(ChronoUnit.SECONDS);
    return shown(access.assume(caller, role, session, end));
  }

  private static void requirePlayed(Parameters parameters) throws Fault {
    Set<String> others =
        parameters.others(
            name -> PLAYED.contains(name) || name.equals("Action") || name.equals("Version"));
    if (!others.isEmpty()) {
      throw Fault.validation(
          "The sandbox's AssumeRole does not play %s; leave it out. It plays %s."
              .formatted(String.join(", ", others), String.join(", ", PLAYED)));
    }
  }

  private static Map<String, String> tags(Parameters parameters) throws Fault {
    Map<String, String> tags = parameters.pairs("Tags");
    if (tags.size() > MOST_TAGS) {
      throw Fault.validation(
          "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to "
              + MOST_TAGS);
    }
    return tags;
  }

  /** AWS does not tell a role that does not exist from one that the caller may not become. */
  private Role role(Identity caller, String arn) throws Fault {
    return roles
        .apply(arn)
        .orElseThrow(
            () ->
                Fault.denied(
                    "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                        .formatted(caller.arn(), arn)));
  }

  private static Duration duration(Parameters parameters) {
    return parameters
        .find("DurationSeconds")
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(BY_DEFAULT);
  }

  private static void requireShort(Duration duration, Identity caller, Role role) throws Fault {
    if (caller.isRoleSession() && duration.compareTo(LONGEST_CHAINED) > 0) {
      throw Fault.validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
    }
    if (duration.compareTo(role.maxSessionDuration()) > 0) {
      throw Fault.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
  }

  private static Map<String, Object> shown(TemporaryCredentials given) {
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("AccessKeyId", given.accessKeyId());
    credentials.put("SecretAccessKey", given.secretAccessKey());
    credentials.put("SessionToken", given.sessionToken());
    credentials.put("Expiration", given.expiresAt());
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("AssumedRoleId", given.identity().userId());
    user.put("Arn", given.identity().arn());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("Credentials", credentials);
    result.put("AssumedRoleUser", user);
    if (!given.identity().sourceIdentity().isEmpty()) {
      result.put("SourceIdentity", given.identity().sourceIdentity());
    }
    return result;
  }
}
