package io.sparkgate.test.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING.md says of the code: rooms, arrows, sizes. */
class HouseTest {

  private static final int MOST_LINES = 300;

  /** A row of the table of packages: a package, what lives there, what it may see. */
  private static final Pattern ROW =
      Pattern.compile("\\| `(io\\.sparkgate[\\w.]*)` \\|.*\\|(.*)\\|");

  private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

  private static House house;

  @BeforeAll
  static void look() {
    house = new House();
  }

  @Test
  void noPackageLeadsBackToItself() {
    assertThat(Circles.in(house.packageArrows())).isEmpty();
  }

  @Test
  void noFileLeadsBackToItself() {
    assertThat(Circles.in(house.fileArrows())).isEmpty();
  }

  @Test
  void eachPackageSeesWhatTheTableOfContributingSays() throws IOException {
    Map<String, Set<String>> seen = new TreeMap<>();
    for (String module : house.modules()) {
      for (String room : house.packages(module)) {
        seen.put(room, house.packageArrows().getOrDefault(room, Set.of()));
      }
    }

    assertThat(seen).isEqualTo(allowed());
  }

  /** But the border: the names that constructs and functions share are compiled into both. */
  @Test
  void eachPackageIsOfOneModule() {
    Map<String, List<String>> owners =
        house.modules().stream()
            .flatMap(module -> house.packages(module).stream().map(room -> Map.entry(room, module)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));

    owners.remove("io.sparkgate.border");
    assertThat(owners).allSatisfy((room, modules) -> assertThat(modules).hasSize(1));
  }

  @Test
  void eachPackageSaysWhatLivesThere() {
    Set<Path> rooms =
        House.sources().stream()
            .filter(file -> file.toString().matches(".*/src/\\w+/java/io/sparkgate/.*"))
            .filter(file -> !file.toString().contains("/src/test/"))
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(rooms).allSatisfy(room -> assertThat(room.resolve("package-info.java")).exists());
  }

  @Test
  void noFileIsTooLongToRead() {
    assertThat(House.sources().stream().filter(file -> lines(file) > MOST_LINES)).isEmpty();
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Package to the packages that it may see, as the table has them. */
  private static Map<String, Set<String>> allowed() throws IOException {
    Map<String, Set<String>> allowed = new TreeMap<>();
    for (String line : Files.readAllLines(House.ROOT.resolve("CONTRIBUTING.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        allowed.put(
            row.group(1),
            NAME.matcher(row.group(2))
                .results()
                .map(name -> name.group(1))
                .map(name -> name.startsWith("io.sparkgate") ? name : "io.sparkgate." + name)
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    return allowed;
  }
}
