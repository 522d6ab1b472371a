package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an attempt of a job run has written.
 *
 * @param stdout what it printed; of Python its errors too, as PySpark has it
 * @param log all of it, of every attempt
 */
record JobOutput(Path stdout, Path stderr, Path log) {
  private static final int ENOUGH = 256 * 1024;

  /** As Python ends a traceback, and as a JVM begins one. */
  private static final Pattern ERROR =
      Pattern.compile(
          "(Caused by: |Exception in thread \"[^\"]*\" )?"
              + "[A-Za-z_][\\w.$]*(Error|Exception|Interrupt|Exit|Failure)(: .*)?");

  private static final Pattern SAID = Pattern.compile("(Error: |[\\w.-]+\\.py: ).+");

  /** Why it failed, in the service's words as far as users have reported them. */
  String failure(int exitCode) {
    String told =
        "Job failed, please check complete logs in configured logging destination. ExitCode: "
            + exitCode
            + ".";
    return lastError().map(line -> told + " Last few exceptions: " + line).orElse(told);
  }

  /** The last error that it printed. */
  private Optional<String> lastError() {
    // What Python says is nearer to the reason than what spark-submit makes of it.
    return last(stdout, ERROR)
        .or(() -> last(stderr, ERROR))
        .or(() -> last(stderr, SAID))
        .or(() -> last(stdout, SAID));
  }

  private static Optional<String> last(Path file, Pattern pattern) {
    try (Stream<String> lines = end(file).lines()) {
      return lines
          .map(String::strip)
          .filter(line -> pattern.matcher(line).matches())
          .reduce((earlier, later) -> later);
    } catch (IOException e) {
      return Optional.empty(); // It has not come so far as to write.
    }
  }

  private static String end(Path file) throws IOException {
    long size = Files.size(file);
    byte[] bytes = new byte[(int) Math.min(size, ENOUGH)];
    try (var access = new RandomAccessFile(file.toFile(), "r")) {
      access.seek(size - bytes.length);
      access.readFully(bytes);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
