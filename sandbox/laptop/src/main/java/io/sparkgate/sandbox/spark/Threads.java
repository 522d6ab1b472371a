package io.sparkgate.sandbox.spark;

import java.util.concurrent.ThreadFactory;

/** Threads that have a name and keep no process alive. */
final class Threads {
  private Threads() {}

  static ThreadFactory daemon(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
