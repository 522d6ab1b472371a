package io.sparkgate.sandbox.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.http.Answer;
import io.sparkgate.sandbox.metrics.MetricStore;
import io.sparkgate.sandbox.metrics.WidgetLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dashboards over HTTP, drawn anew for each look; the browser looks again by itself. */
public final class DashboardsFront implements HttpHandler {

  /** What the paths of its pages begin with. */
  public static final String PATH = "/dashboards/";

  private static final int LOOK_AGAIN_SECONDS = 15;
  private static final long HOURS = 3;
  private static final Pattern QUERY = Pattern.compile("hours=([1-9][0-9]{0,2})");

  private final Map<String, JsonNode> bodies;
  private final MetricStore store;
  private final InstantSource clock;

  /**
   * The pages.
   *
   * @param bodies of dashboards, by their names
   * @param clock of the data
   */
  public DashboardsFront(Map<String, JsonNode> bodies, MetricStore store, InstantSource clock) {
    this.bodies = new TreeMap<>(bodies);
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(PATH.length());
    JsonNode body = bodies.get(name);
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    if (body == null) {
      String known = "There is no such dashboard; there are " + bodies.keySet() + "\n";
      send(exchange, 404, "text/plain; charset=utf-8", known);
      return;
    }
    exchange.getResponseHeaders().set("Refresh", String.valueOf(LOOK_AGAIN_SECONDS));
    Instant now = clock.instant();
    Instant from = now.minus(Duration.ofHours(hours(exchange)));
    String page = new DashboardPage(name, body, store, from, now, WidgetLines.QUOTA).html();
    send(exchange, 200, "text/html; charset=utf-8", page);
  }

  /** The last three, unless the query says how many. */
  private static long hours(HttpExchange exchange) {
    Matcher query =
        QUERY.matcher(Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""));
    return query.matches() ? Long.parseLong(query.group(1)) : HOURS;
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    new Answer(status, type, text.getBytes(StandardCharsets.UTF_8))
        .send(exchange, UUID.randomUUID());
  }
}
