package io.sparkgate.day;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the Python client's {@code sparkgate bill} says. */
record Command(JsonNode answer) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final Path CLIENT = Path.of("../../client").toAbsolutePath().normalize();

  /** Where the client's own check has put what it needs. */
  private static final Path PYTHON = CLIENT.resolve("target/venv/bin/python");

  /** Empty where nobody has run the client's check, as where there is no Python for it. */
  static Optional<Command> bill(Path usage, String by) throws IOException {
    if (!Files.isExecutable(PYTHON)) {
      return Optional.empty();
    }
    ProcessBuilder bill =
        new ProcessBuilder(
            PYTHON.toString(),
            "-m",
            "sparkgate",
            "bill",
            "--month",
            "2026-11",
            "--by",
            by,
            "--format",
            "json",
            "--from",
            usage.toString());
    bill.environment().put("PYTHONPATH", CLIENT.resolve("src").toString());
    bill.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    return Optional.of(new Command(JSON.readTree(run(bill))));
  }

  private static String run(ProcessBuilder command) throws IOException {
    command.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = command.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command.command()) + " failed: " + said);
      }
      return said;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of all rows. */
  BigDecimal total() {
    return new BigDecimal(answer.at("/total/dollars").asText());
  }

  /** What its rows add up to. */
  BigDecimal rows() {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row : answer.path("rows")) {
      sum = sum.add(new BigDecimal(row.path("dollars").asText()));
    }
    return sum;
  }
}
