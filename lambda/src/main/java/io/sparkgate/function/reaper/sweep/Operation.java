package io.sparkgate.function.reaper.sweep;

/** The operations of the service that a sweep uses; each has a rate of its own. */
enum Operation {
  LIST_SESSIONS("listSessions"),
  GET_SESSION("getSession"),
  TERMINATE_SESSION("terminateSession");

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
