package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operation of the service, and where HTTP finds it.
 *
 * @param name as the service and IAM call it
 * @param path with a group for each member of the input that it holds
 */
record Operation(String name, String method, Pattern path, Shape input) {

  /** A request's operation and the members that its path holds. */
  record Match(Operation operation, Map<String, String> members) {}

  static Operation of(String name, JsonNode http, Shape input) {
    String path =
        http.get("requestUri")
            .asText()
            // An ARN holds a slash, which not every client escapes.
            .replace("{resourceArn}", "(?<resourceArn>.*)")
            .replaceAll("\\{(\\w+)}", "(?<$1>[^/]*)");
    return new Operation(name, http.get("method").asText(), Pattern.compile(path), input);
  }

  Optional<Match> match(String method, String rawPath) {
    Matcher matcher = path.matcher(rawPath);
    if (!this.method.equals(method) || !matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (String member : input.members("uri").keySet()) {
      // A plus sign in a path is itself, other than in a query.
      String raw = matcher.group(member).replace("+", "%2B");
      members.put(member, URLDecoder.decode(raw, StandardCharsets.UTF_8));
    }
    return Optional.of(new Match(this, members));
  }
}
