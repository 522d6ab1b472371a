package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds a JDK 17. Spark 3.5 does not run on any later one, whatever the sandbox runs on. */
public final class Jdk17 {
  private static final List<String> VARIABLES = List.of("SPARKGATE_JAVA17_HOME", "JAVA_HOME");

  private Jdk17() {}

  /**
   * The home of the JDK that runs this, if it is a 17, or else of the first that the environment or
   * the usual places have.
   *
   * @throws IllegalStateException if there is none; the message says what to do
   */
  public static Path find() {
    Path running = Path.of(System.getProperty("java.home"));
    if (Runtime.version().feature() == 17) {
      return running;
    }
    Path sdkman = Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java");
    return find(
        running,
        System.getenv(),
        List.of(Path.of("/usr/lib/jvm"), Path.of("/Library/Java/JavaVirtualMachines"), sdkman));
  }

  static Path find(Path running, Map<String, String> environment, List<Path> places) {
    var homes = new ArrayList<Path>();
    VARIABLES.forEach(
        name -> Optional.ofNullable(environment.get(name)).map(Path::of).ifPresent(homes::add));
    places.forEach(place -> homes.addAll(homesIn(place)));
    return homes.stream()
        .filter(Jdk17::is17)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(notFound(running, homes, places)));
  }

  private static List<Path> homesIn(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(place)) {
      return entries
          .sorted()
          .map(entry -> isHome(entry) ? entry : entry.resolve("Contents").resolve("Home"))
          .filter(Jdk17::isHome)
          .toList();
    } catch (IOException e) {
      return List.of(); // A place that cannot be read has none for us.
    }
  }

  private static boolean isHome(Path home) {
    return Files.isRegularFile(home.resolve("release"));
  }

  private static boolean is17(Path home) {
    return version(home).matches("17([.+-].*)?") && Files.isDirectory(home.resolve("bin"));
  }

  /** What the JDK says of itself; empty when it says nothing. */
  private static String version(Path home) {
    var release = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
    return release.getProperty("JAVA_VERSION", "").replace("\"", "");
  }

  private static String notFound(Path running, List<Path> homes, List<Path> places) {
    List<String> found =
        Stream.concat(Stream.of(running), homes.stream())
            .distinct()
            .map(home -> home + " (" + (version(home).isEmpty() ? "no JDK" : version(home)) + ")")
            .toList();
    return ("Spark 3.5 needs a JDK 17. Found %s; looked in %s and %s. "
            + "Install a JDK 17 and set SPARKGATE_JAVA17_HOME to its home.")
        .formatted(String.join(", ", found), String.join(", ", VARIABLES), join(places));
  }

  private static String join(List<Path> places) {
    return String.join(", ", places.stream().map(Path::toString).toList());
  }
}
