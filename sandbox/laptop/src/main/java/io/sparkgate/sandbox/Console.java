package io.sparkgate.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.cluster.ClusterNews;
import io.sparkgate.sandbox.emrserverless.Narrator;
import io.sparkgate.sandbox.emrserverless.SandboxClock;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Shows what happens, a line each, as it happens. On a terminal states have colours; into a file it
 * writes plain text.
 */
final class Console implements Narrator, ClusterNews {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Map<String, String> COLOURS =
      Map.of(
          "STARTED",
          "32",
          "IDLE",
          "33",
          "BUSY",
          "36",
          "TERMINATING",
          "35",
          "TERMINATED",
          "90",
          "FAILED",
          "31",
          "RUNNING",
          "36",
          "SUCCESS",
          "32",
          "CANCELLING",
          "35",
          "CANCELLED",
          "90");

  private final PrintStream out;
  private final boolean coloured;
  private final SandboxClock clock;
  private final Path logs;

  /**
   * Shows nothing yet.
   *
   * @param logs where job runs leave what they print, each in a file of its id
   */
  Console(PrintStream out, boolean coloured, SandboxClock clock, Path logs) {
    this.logs = logs;
    this.out = out;
    this.coloured = coloured;
    this.clock = clock;
  }

  @Override
  public void session(SessionMove move) {
    line(
        move.at(),
        "%-16s  %-12s  %s%s"
            .formatted(
                move.sessionId(),
                lastPart(move.owner()),
                padded(move.to()),
                move.why().isEmpty() ? "" : "  " + move.why()));
  }

  @Override
  public void jobRun(JobRunMove move) {
    String attempt = move.attempt() == 1 ? "" : "attempt %d: ".formatted(move.attempt());
    line(
        move.at(),
        "%-16s  %-12s  %s%s"
                .formatted(
                    move.jobRunId(),
                    lastPart(move.owner()),
                    padded(move.to()),
                    move.why().isEmpty() ? "" : "  " + attempt + move.why())
            + log(move));
  }

  /** Of a run that failed, if it came to print anything. */
  private String log(JobRunMove move) {
    Path log = logs.resolve(move.jobRunId() + ".log");
    return move.to().equals("FAILED") && Files.exists(log) ? "  " + log : "";
  }

  @Override
  public void application(ApplicationMove move) {
    line(
        move.at(),
        "%-16s  %-12s  %s%s"
            .formatted(
                move.applicationId(),
                "application",
                padded(move.to()),
                move.why().isEmpty() ? "" : "  " + move.why()));
  }

  @Override
  public void advice(Advice advice) {
    line(
        advice.at(),
        "%-16s  %-12s  %s".formatted(advice.sessionId(), lastPart(advice.owner()), advice.text()));
  }

  @Override
  public void state(String clusterId, String state, String why) {
    news(clusterId, padded(state) + (why.isEmpty() ? "" : "  " + why));
  }

  @Override
  public void news(String clusterId, String text) {
    line(clock.now(), "%-16s  %-12s  %s".formatted(clusterId, "cluster", text));
  }

  /** A line that a function printed: of its records, those that a person wants to see. */
  void function(String name, String text) {
    try {
      JsonNode record = JSON.readTree(text);
      String outcome = record.path("outcome").asText();
      if (record.path("type").asText().equals("decision") && !outcome.equals("kept")) {
        line(
            clock.now(),
            "%-16s  %-12s  %s"
                .formatted(
                    record.path("sessionId").asText(),
                    name,
                    paint("35", outcome) + ": " + record.path("reason").asText()));
      }
    } catch (JsonProcessingException e) {
      // Not a record: whatever else the function says is in its log.
    }
  }

  /** Something the user should know, at the start or when a part fails. */
  void remark(String text) {
    line(clock.now(), text);
  }

  synchronized void plain(String text) {
    out.println(text);
  }

  private synchronized void line(Instant at, String text) {
    out.println(paint("90", TIME.withZone(clock.zone()).format(at)) + "  " + text);
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private String padded(String state) {
    return paint(COLOURS.getOrDefault(state, "39"), "%-11s".formatted(state));
  }

  private String paint(String colour, String text) {
    return coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
