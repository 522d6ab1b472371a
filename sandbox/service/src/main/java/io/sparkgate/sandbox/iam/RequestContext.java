package io.sparkgate.sandbox.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of the condition keys of one request. */
final class RequestContext {

  /** Keys that the service gives for some requests and not for others. */
  private static final Set<String> SOMETIMES =
      Set.of(
          "aws:username",
          "aws:sourceidentity",
          "aws:tagkeys",
          "aws:resourceaccount",
          "iam:passedtoservice",
          "ssm:sessiondocumentaccesscheck",
          "s3:prefix",
          "s3:delimiter",
          "sts:externalid",
          "sts:rolesessionname",
          "sts:sourceidentity");

  private static final List<String> TAG_KEYS =
      List.of("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/", "ssm:resourcetag/");

  /** By names in lower case: IAM does not tell the case of keys apart, not even of tags'. */
  private final Map<String, List<String>> values = new HashMap<>();

  RequestContext(Caller caller, Action action) {
    Identity identity = caller.identity();
    put("aws:userid", identity.userId());
    put("aws:SourceIdentity", identity.sourceIdentity());
    put("aws:PrincipalArn", caller.principalArn());
    put("aws:PrincipalAccount", identity.account());
    put("aws:PrincipalType", identity.isRoleSession() ? "AssumedRole" : "User");
    put("aws:username", identity.userName());
    put("aws:PrincipalIsAWSService", "false");
    put("aws:ViaAWSService", "false");
    // The sandbox is plain HTTP on loopback, the service it stands for is not.
    put("aws:SecureTransport", "true");
    put("aws:ResourceAccount", account(action.resource()));
    action.context().forEach(this::put);
    identity.principalTags().forEach((key, value) -> putTag("aws:PrincipalTag/", key, value));
    action.requestTags().forEach((key, value) -> putTag("aws:RequestTag/", key, value));
    action.resourceTags().forEach((key, value) -> putTag("aws:ResourceTag/", key, value));
    if (!action.tagKeys().isEmpty()) {
      values.put("aws:tagkeys", List.copyOf(action.tagKeys()));
    }
  }

  /** Empty when the request does not have the key. */
  List<String> values(String key) throws Unknown {
    String name = key.toLowerCase(Locale.ROOT);
    List<String> found = values.get(name);
    if (found != null) {
      return found;
    }
    if (SOMETIMES.contains(name) || TAG_KEYS.stream().anyMatch(name::startsWith)) {
      return List.of();
    }
    throw new Unknown("the condition key " + key);
  }

  /** The value of a policy variable. */
  Optional<String> value(String key) throws Unknown {
    List<String> found = values(key);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  boolean isMultivalued(String key) {
    return key.equalsIgnoreCase("aws:TagKeys");
  }

  private void put(String key, String value) {
    if (!value.isEmpty()) {
      values.put(key.toLowerCase(Locale.ROOT), List.of(value));
    }
  }

  /** A tag with an empty value is a tag all the same. */
  private void putTag(String prefix, String key, String value) {
    values.put((prefix + key).toLowerCase(Locale.ROOT), List.of(value));
  }

  private static String account(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[4] : "";
  }
}
