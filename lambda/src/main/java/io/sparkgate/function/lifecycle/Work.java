package io.sparkgate.function.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * A session or a job run that is not over.
 *
 * @param name as its owner chose it, if they did
 * @param createdBy the ARN of the principal that started it
 * @param state by the service's name
 * @param ending whether it ends without anybody's help
 */
record Work(
    Kind kind, String id, @Nullable String name, String createdBy, String state, boolean ending) {

  enum Kind {
    SESSION("session"),
    JOB_RUN("job run");

    private final String noun;

    Kind(String noun) {
      this.noun = noun;
    }

    String noun() {
      return noun;
    }
  }
}
