package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The addresses that a process listens on, as Linux shows them below /proc. */
final class Listening {
  private static final String LISTEN = "0A";

  private Listening() {}

  static boolean isVisible() {
    return Files.isReadable(Path.of("/proc/self/net/tcp"));
  }

  /** Hexadecimal, without the port. */
  static List<String> addresses(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      descriptors.forEach(descriptor -> sockets.add(target(descriptor)));
    }
    return Stream.of("tcp", "tcp6")
        .map(table -> process.resolve("net").resolve(table))
        .filter(Files::exists)
        .flatMap(Listening::rows)
        .filter(row -> row[3].equals(LISTEN) && sockets.contains("socket:[" + row[9] + "]"))
        .map(row -> row[1].substring(0, row[1].indexOf(':')))
        .toList();
  }

  static boolean isLoopback(String address) {
    return switch (address) {
      case "0100007F", // 127.0.0.1
          "0000000000000000FFFF00000100007F", // ::ffff:127.0.0.1
          "00000000000000000000000001000000" -> // ::1
          true;
      default -> false;
    };
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // Closed meanwhile.
    }
  }

  private static Stream<String[]> rows(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1).map(line -> line.strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
