package io.sparkgate.sandbox;

import io.sparkgate.sandbox.spark.SessionMemory;
import io.sparkgate.sandbox.template.BadInput;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the sandbox was asked for. The shell script {@code run} documents the options.
 *
 * @param template a synthesized assembly, or one template
 * @param environment which of the assembly's stacks
 * @param port of the API; 0 for a free one
 * @param minute how many real seconds a minute of the sandbox takes
 * @param memory the most that one session may take
 * @param work where buckets, keys, logs and the personas' files go
 */
record Options(
    Path template,
    Optional<String> environment,
    int port,
    double minute,
    SessionMemory memory,
    Path work) {

  private static final String KNOWN =
      "--env, --template, --port, --minute, --memory, --work, --help";

  /** The last of several wins, so that a script can put its defaults first. */
  static Options parse(String... arguments) throws BadInput {
    Path template = Path.of("cdk.out");
    Optional<String> environment = Optional.empty();
    int port = 4466;
    double minute = 60;
    SessionMemory memory = SessionMemory.ofThisMachine();
    Path work = Path.of("sandbox-work");
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--template" -> template = Path.of(value(option, rest));
        case "--env" -> environment = Optional.of(value(option, rest));
        case "--port" -> port = (int) number(option, value(option, rest), 0, 65_535);
        case "--minute" -> minute = number(option, value(option, rest), 0.1, 60);
        case "--memory" ->
            memory = SessionMemory.ofGigabytes(number(option, value(option, rest), 1, 1024));
        case "--work" -> work = Path.of(value(option, rest));
        default -> throw new BadInput("unknown option " + option + "; the options are " + KNOWN);
      }
    }
    return new Options(
        template.toAbsolutePath().normalize(),
        environment,
        port,
        minute,
        memory,
        work.toAbsolutePath().normalize());
  }

  private static String value(String option, Deque<String> rest) throws BadInput {
    if (rest.isEmpty() || rest.peek().startsWith("--")) {
      throw new BadInput(
          option + " lacks its value; write for example " + option + " " + example(option));
    }
    return rest.pop();
  }

  private static double number(String option, String value, double least, double most)
      throws BadInput {
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most && (least > 0 || number == Math.rint(number))) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new BadInput(
        "%s received %s, but takes a number from %s to %s"
            .formatted(option, value, shown(least), shown(most)));
  }

  private static String shown(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String example(String option) {
    return switch (option) {
      case "--env" -> "dev";
      case "--port" -> "4466";
      case "--minute" -> "1";
      case "--memory" -> "4";
      case "--work" -> "sandbox-work";
      default -> "cdk.out";
    };
  }
}
