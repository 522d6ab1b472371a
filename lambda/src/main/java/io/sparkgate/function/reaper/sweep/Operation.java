package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.Configuration;

/** The operations of the service that a sweep uses; each has a rate of its own. */
enum Operation {
  LIST_SESSIONS(Configuration.LIST_SESSIONS),
  GET_SESSION(Configuration.GET_SESSION),
  TERMINATE_SESSION(Configuration.TERMINATE_SESSION);

  private final String field;

  Operation(String field) {
    this.field = field;
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
  String field() {
    return field;
  }
}
