package io.sparkgate.sandbox.dashboard;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkgate.sandbox.metrics.MetricId;
import io.sparkgate.sandbox.metrics.MetricStore;
import io.sparkgate.sandbox.metrics.WidgetLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardPageTest {

  private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");

  private static final String BODY =
      """
      {'widgets': [
        {'type': 'text', 'x': 0, 'y': 0, 'width': 24, 'height': 3, 'properties': {'markdown':
          '# Spark Connect\\nAn alarm went off: [operations](https://example.com/ops) **says** what `to` do.'}},
        {'type': 'metric', 'x': 0, 'y': 3, 'width': 8, 'height': 6, 'properties': {
          'title': 'Sessions that live, by their state', 'stacked': true,
          'yAxis': {'left': {'min': 0, 'label': 'sessions'}},
          'metrics': [['Sparkgate', 'Busy', {'label': 'busy'}], ['.', 'Idle', {'label': 'idle'}]]}},
        {'type': 'metric', 'x': 8, 'y': 3, 'width': 8, 'height': 6, 'properties': {
          'title': 'Sessions now', 'view': 'singleValue', 'metrics': [['Sparkgate', 'Busy']]}},
        {'type': 'metric', 'x': 16, 'y': 3, 'width': 8, 'height': 6, 'properties': {
          'title': 'Nobody emits it', 'metrics': [['Sparkgate', 'Unknown']]}},
        {'type': 'metric', 'x': 8, 'y': 9, 'width': 8, 'height': 6, 'properties': {
          'title': 'Zeros hide that nobody emits it', 'metrics': [
            ['Sparkgate', 'Unknown', {'id': 'm1', 'visible': false}],
            [{'expression': 'FILL(m1, 0)', 'label': 'filled'}]]}},
        {'type': 'metric', 'x': 0, 'y': 9, 'width': 8, 'height': 6, 'properties': {
          'title': 'Half of it', 'metrics': [['Sparkgate', 'Busy'], ['.', 'Unknown <b>']]}}]}
      """;

  private final MetricStore store = new MetricStore();

  private DashboardPage page() {
    for (int i = 0; i < 24; i++) {
      Instant at = START.plus(Duration.ofMinutes(5L * i));
      store.put(new MetricId("Sparkgate", "Busy", Map.of()), at, 2 + i % 3);
      store.put(new MetricId("Sparkgate", "Idle", Map.of()), at, 12.5 - i % 5);
    }
    return new DashboardPage(
        "SparkConnect-dev",
        json(BODY.replace("\n", " ")),
        store,
        START,
        START.plus(Duration.ofHours(2)),
        WidgetLines.QUOTA);
  }

  @Test
  void showsWhatItsBodySays() {
    assertThat(page().html())
        .contains("<h2>Spark Connect</h2>")
        .contains("<a href=\"https://example.com/ops\">operations</a> <strong>says</strong>")
        .contains("27 Nov 2026 08:00 to 27 Nov 2026 10:00 UTC")
        .contains("Sessions that live, by their state")
        .contains("<span class=\"number\">4</span>")
        .doesNotContain("<script", "<b>\"");
  }

  @Test
  void saysWhereThereIsNoData() {
    assertThat(page().empty())
        .containsExactly("Nobody emits it", "Zeros hide that nobody emits it");
    assertThat(page().html())
        .contains("<h3>Nobody emits it</h3><p class=\"none\">no data</p>")
        .contains("Unknown &lt;b&gt; <b><span class=\"none\">no data</span></b>");
  }

  @Test
  void saysWhatItDoesNotUnderstand() {
    DashboardPage page =
        new DashboardPage(
            "x",
            json(
                "{'widgets': [{'type': 'metric', 'properties': {'metrics': [[{'expression': 'RATE(m1)'}]]}}, {'type': 'log', 'properties': {}}]}"),
            store,
            START,
            START.plusSeconds(60),
            1);
    assertThat(page.html())
        .contains("The sandbox does not know the function RATE of metric math")
        .contains("does not draw widgets of type log");
  }

  @Test
  void isDrawnByABrowser(@TempDir Path work) throws IOException, InterruptedException {
    Optional<Path> browser =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "there is no Chromium here, so no browser draws the page");
    Path file = Files.writeString(work.resolve("page.html"), page().html());
    Path picture = work.resolve("page.png");
    Path said = work.resolve("said");

    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + work.resolve("profile"),
                "--window-size=1440,900",
                "--screenshot=" + picture,
                file.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(Files.readString(said)).isTrue();

    assertThat(picture).isNotEmptyFile();
    assertThat(colours(picture))
        .as("the lines' own colours, and the red of what is empty")
        .contains(0x2a78d6, 0xc4231c);
  }

  private static List<Integer> colours(Path picture) throws IOException {
    var image = ImageIO.read(picture.toFile());
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(all).map(pixel -> pixel & 0xffffff).distinct().boxed().toList();
  }
}
