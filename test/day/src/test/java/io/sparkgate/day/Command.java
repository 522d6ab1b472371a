package io.sparkgate.day;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the Python client's {@code sparkgate bill} says. */
record Command(JsonNode answer) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Empty where no Python here has what the client needs; its own tests have one. */
  static Optional<Command> bill(Path usage, String by) throws IOException {
    ProcessBuilder check = new ProcessBuilder("python3", "-c", "import boto3, cryptography");
    if (run(check) == null) {
      return Optional.empty();
    }
    ProcessBuilder bill =
        new ProcessBuilder(
            List.of(
                "python3",
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
                usage.toString()));
    bill.environment().put("PYTHONPATH", Path.of("../../client/src").toAbsolutePath().toString());
    bill.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    String said = run(bill);
    if (said == null) {
      throw new IllegalStateException("sparkgate bill failed");
    }
    return Optional.of(new Command(JSON.readTree(said)));
  }

  /** What it printed; null if it failed. */
  private static @Nullable String run(ProcessBuilder command) throws IOException {
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = command.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said : null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Dollars of all rows but that of the warm pool. */
  BigDecimal withoutPool() {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row : answer.path("rows")) {
      if (row.path("sessions").asInt() + row.path("jobRuns").asInt() > 0) {
        sum = sum.add(new BigDecimal(row.path("dollars").asText()));
      }
    }
    return sum;
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
