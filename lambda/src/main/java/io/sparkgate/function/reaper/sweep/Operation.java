package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.reaper.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of the service that functions pace; each has a rate of its own. */
public enum Operation {
  /** On the application, which no sweep looks at. */
  GET_APPLICATION(null, Configuration.GET_APPLICATION),
  LIST_SESSIONS(Subject.SESSION, Configuration.LIST_SESSIONS),
  GET_SESSION(Subject.SESSION, Configuration.GET_SESSION),
  TERMINATE_SESSION(Subject.SESSION, Configuration.TERMINATE_SESSION),
  LIST_JOB_RUNS(Subject.JOB_RUN, Configuration.LIST_JOB_RUNS),
  GET_JOB_RUN(Subject.JOB_RUN, Configuration.GET_JOB_RUN),
  CANCEL_JOB_RUN(Subject.JOB_RUN, Configuration.CANCEL_JOB_RUN);

  private final @Nullable Subject subject;
  private final String field;

  Operation(@Nullable Subject subject, String field) {
    this.subject = subject;
    this.field = field;
  }

  /** Those on sessions, or on job runs. */
  static List<Operation> on(Subject subject) {
    return Stream.of(values()).filter(operation -> operation.subject == subject).toList();
  }

  /** The one that IAM names so. */
  static Operation named(String name) {
    for (Operation operation : values()) {
      if (operation.field.equalsIgnoreCase(name)) {
        return operation;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Its name in the function's configuration. */
  public String field() {
    return field;
  }
}
