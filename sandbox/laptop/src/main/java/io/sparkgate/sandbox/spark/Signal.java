package io.sparkgate.sandbox.spark;

import java.time.Instant;
import java.util.Optional;

/** What a driver tells its parent, a line each on its standard output. */
sealed interface Signal {

  /** The line, without its end. */
  String line();

  /** Reads a line; empty when it is something else that a process prints. */
  static Optional<Signal> parse(String line) {
    String[] words = line.split(" ", 2);
    String rest = words.length == 2 ? words[1] : "";
    try {
      return switch (words[0]) {
        case "READY" -> Optional.of(Ready.parse(rest.split(" ", 2)));
        case "BUSY" -> Optional.of(new Busy());
        case "IDLE" -> Optional.of(new Idle(Instant.ofEpochMilli(Long.parseLong(rest))));
        case "FAILED" -> Optional.of(new Failed(rest));
        default -> Optional.empty();
      };
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** It takes calls on this loopback port; its Spark UI is at this address. */
  record Ready(int port, String sparkUi) implements Signal {
    private static Ready parse(String[] portAndUi) {
      return new Ready(Integer.parseInt(portAndUi[0]), portAndUi.length == 2 ? portAndUi[1] : "");
    }

    @Override
    public String line() {
      return "READY " + port + " " + sparkUi;
    }
  }

  /** An operation runs. */
  record Busy() implements Signal {
    @Override
    public String line() {
      return "BUSY";
    }
  }

  /** No operation has run since then; milliseconds are what Spark records. */
  record Idle(Instant since) implements Signal {
    @Override
    public String line() {
      return "IDLE " + since.toEpochMilli();
    }
  }

  /** It ends because of this, in Spark's words. */
  record Failed(String reason) implements Signal {

    /** Says what the first exception that says anything says. */
    static Failed because(Throwable failure) {
      Throwable telling = failure;
      while (telling.getMessage() == null && telling.getCause() != null) {
        telling = telling.getCause();
      }
      return new Failed(telling.getMessage() == null ? telling.toString() : telling.getMessage());
    }

    @Override
    public String line() {
      return "FAILED " + reason.strip().replaceAll("\\s*\\R\\s*", " ");
    }
  }
}
