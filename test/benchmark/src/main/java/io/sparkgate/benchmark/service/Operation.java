package io.sparkgate.benchmark.service;

/** The operations that it answers; AWS limits the rate of each by itself. */
public enum Operation {
  LIST_APPLICATIONS,
  LIST_SESSIONS,
  GET_SESSION,
  TERMINATE_SESSION
}
