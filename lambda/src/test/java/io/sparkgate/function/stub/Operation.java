package io.sparkgate.function.stub;

import java.util.function.Predicate;

/** The operations that the stub knows; each matches its own calls. */
public enum Operation implements Predicate<Call> {
  LIST_SESSIONS,
  GET_SESSION,
  TERMINATE_SESSION;

  @Override
  public boolean test(Call call) {
    return call.operation() == this;
  }

  /** Matches those calls of it that are about the session, or the application for a list. */
  public Predicate<Call> of(String id) {
    return and(call -> call.subject().equals(id));
  }
}
