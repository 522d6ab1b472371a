package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Cuts a list into pages. A page's token is the rank of its last item, so that items that come and
 * go between two calls do not shift the rest.
 */
final class Page {

  private static final int MOST = 50;

  private Page() {}

  /** The page that a request asks for by {@code maxResults} and {@code nextToken}. */
  static <T> JsonNode of(
      String member,
      List<T> items,
      ToLongFunction<T> rank,
      Function<T, JsonNode> show,
      JsonNode request) {
    long after = request.has("nextToken") ? rank(request.get("nextToken").asText()) : -1;
    int size = request.path("maxResults").asInt(MOST);
    List<T> rest =
        items.stream()
            .filter(item -> rank.applyAsLong(item) > after)
            .sorted(Comparator.comparingLong(rank))
            .toList();
    List<T> page = rest.subList(0, Math.min(size, rest.size()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode shown = answer.putArray(member);
    page.forEach(item -> shown.add(show.apply(item)));
    if (page.size() < rest.size()) {
      answer.put("nextToken", token(rank.applyAsLong(page.get(page.size() - 1))));
    }
    return answer;
  }

  private static String token(long rank) {
    byte[] text = ("after:" + rank).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static long rank(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      if (text.startsWith("after:")) {
        return Long.parseLong(text.substring("after:".length()));
      }
    } catch (IllegalArgumentException e) {
      // Falls through: whatever it is, it was not made here.
    }
    throw Fault.validation(
        "Value '%s' at 'nextToken' is not a token that this operation gave.".formatted(token));
  }
}
