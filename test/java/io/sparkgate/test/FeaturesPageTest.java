package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/features.md: each of the service's features, what becomes of it here, and what holds it. */
class FeaturesPageTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA_TEST = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");
  private static final Pattern PYTHON_TEST = Pattern.compile("`(test_\\w+\\.py)::(test_\\w+)`");

  private record Row(String number, String way, String test) {}

  @Test
  void sayOfEachFeatureWhatBecomesOfIt() throws IOException {
    assertThat(rows())
        .extracting(Row::number)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 97).mapToObj(number -> "F" + number).toList());
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(row.way())
                    .as(row.number())
                    .matches("(typed|refused|passed through|no setting).*"));
  }

  @Test
  void nameATestThatThereIsForEachFeature() throws IOException {
    Map<String, String> sources = sources();
    assertThat(rows())
        .allSatisfy(
            row -> {
              List<MatchResult> java = JAVA_TEST.matcher(row.test()).results().toList();
              List<MatchResult> python = PYTHON_TEST.matcher(row.test()).results().toList();
              assertThat(java.size() + python.size()).as(row.number()).isPositive();
              assertThat(java)
                  .allSatisfy(
                      test -> isThere(row, sources, test.group(1) + ".java", test.group(2)));
              assertThat(python)
                  .allSatisfy(test -> isThere(row, sources, test.group(1), test.group(2)));
            });
  }

  private static void isThere(Row row, Map<String, String> sources, String file, String test) {
    assertThat(sources).as(row.number()).containsKey(file);
    if (test != null) {
      assertThat(sources.get(file)).as(row.number()).containsPattern("\\b" + test + "\\(");
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readString(HOME.resolve("docs/features.md"))
        .lines()
        .filter(line -> line.matches("\\| F\\d+ \\|.*"))
        .map(line -> line.split("(?<!\\\\)\\|"))
        .map(cells -> new Row(cells[1].strip(), cells[3].strip(), cells[cells.length - 1].strip()))
        .toList();
  }

  /** All tests by the names of their files; two of one name count as one. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files =
        Stream.of("constructs", "lambda", "sandbox", "server", "test", "client/tests", "src")
            .map(HOME::resolve)
            .flatMap(FeaturesPageTest::below)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\w+Test\\.java|test_\\w+\\.py"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(), FeaturesPageTest::read, String::concat));
    }
  }

  private static Stream<Path> below(Path folder) {
    try {
      return Files.walk(folder)
          .filter(file -> !file.toString().contains("/target/") && Files.isRegularFile(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
