package io.sparkgate.function.lifecycle;

/** The states of an application, by the service's own names but for the last two. */
enum ApplicationState {
  CREATING,
  CREATED,
  STARTING,
  STARTED,
  STOPPING,
  STOPPED,
  TERMINATED,
  /** There is no such application any more. */
  GONE,
  /** A state that the service learned after this client was generated. */
  UNKNOWN;

  /** Whether there can be work in it, and it has to be stopped. */
  boolean running() {
    return this == STARTING || this == STARTED;
  }

  /** Whether CloudFormation can update and delete it, or need not. */
  boolean clear() {
    return this == CREATED || this == STOPPED || this == TERMINATED || this == GONE;
  }
}
