package io.sparkgate.sandbox.dashboard;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.http.LoopbackServer;
import io.sparkgate.sandbox.metrics.MetricStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardsFrontTest {

  private static HttpResponse<String> look(String path) throws Exception {
    var front =
        new DashboardsFront(
            Map.of("dev", json("{'widgets': []}")),
            new MetricStore(),
            InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z")));
    try (LoopbackServer server = LoopbackServer.start("test", 0, "/", front)) {
      URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.address().getPort(), path));
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void showsTheLastThreeHoursOrAsManyAsAreAskedFor() throws Exception {
    HttpResponse<String> page = look("/dashboards/dev");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("27 Nov 2026 09:00 to 27 Nov 2026 12:00 UTC");
    assertThat(look("/dashboards/dev?hours=24").body()).contains("26 Nov 2026 12:00 to");
  }

  @Test
  void letsTheBrowserLoadNothingElse() throws Exception {
    assertThat(look("/dashboards/dev").headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'none'; style-src 'unsafe-inline'");
  }

  @Test
  void namesThoseThatThereAre() throws Exception {
    HttpResponse<String> page = look("/dashboards/prod");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).isEqualTo("There is no such dashboard; there are [dev]\n");
  }
}
