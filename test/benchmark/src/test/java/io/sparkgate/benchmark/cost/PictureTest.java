package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PictureTest {

  @Test
  void theCommittedPictureIsWhatTheFullRunDraws() throws Exception {
    Path committed = Path.of("../..").resolve(CostBenchmark.PICTURE);

    assertThat(Files.readString(committed))
        .as("run ./test/benchmark/run cost, and look at %s", CostBenchmark.PICTURE)
        .isEqualTo(Picture.draw(CostBenchmark.full()));
  }

  @Test
  void thePictureSaysInWordsWhatItShows() throws Exception {
    Document svg = parse(Picture.draw(Study.of(2, 1)));

    assertThat(text(svg, "title")).isEqualTo("What idle sessions cost");
    assertThat(text(svg, "desc"))
        .contains("Reaper, every 5 minutes, limit of 60 minutes:")
        .contains("USD unused");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static String text(Document svg, String element) {
    return svg.getElementsByTagName(element).item(0).getTextContent();
  }
}
