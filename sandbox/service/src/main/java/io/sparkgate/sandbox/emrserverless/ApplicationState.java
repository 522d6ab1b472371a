package io.sparkgate.sandbox.emrserverless;

/** The states that the service knows; the sandbox passes those that end in -ING at once. */
enum ApplicationState {
  CREATING,
  CREATED,
  STARTING,
  STARTED,
  STOPPING,
  STOPPED,
  TERMINATED
}
