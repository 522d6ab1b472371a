package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the requests of all services have in common. */
final class Requests {

  private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/\\d{8}/([^,]+),");

  private Requests() {}

  /** The call, with what its signature tells; whether that is right is not checked. */
  static Call call(
      HttpExchange exchange,
      Operation operation,
      String application,
      String session,
      Map<String, List<String>> query) {
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    Matcher scope = SCOPE.matcher(authorization);
    boolean signed = authorization.startsWith("AWS4-HMAC-SHA256 ") && scope.find();
    return new Call(
        operation,
        application,
        session,
        query,
        signed ? scope.group(1) : "",
        signed ? scope.group(2) : "");
  }

  static Optional<String> one(Map<String, List<String>> query, String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  static Map<String, List<String>> query(@Nullable String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
        query.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(value);
      }
    }
    return query;
  }
}
