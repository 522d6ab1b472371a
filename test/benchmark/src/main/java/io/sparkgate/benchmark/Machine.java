package io.sparkgate.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the figures come from. */
final class Machine {

  private Machine() {}

  /** One line: cores, memory, processor, operating system and JDK. */
  static String describe() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return "%d cores, %d GB, %s, %s %s, JDK %s"
        .formatted(
            system.getAvailableProcessors(),
            Math.round(system.getTotalMemorySize() / 1e9),
            processor(),
            system.getName(),
            system.getArch(),
            Runtime.version());
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return "unknown processor";
    }
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
