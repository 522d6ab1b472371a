package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that are not this one's children. */
final class Processes {
  private Processes() {}

  /**
   * Waits until a process has ended. One whose parent is gone may stay as a zombie where nobody
   * reaps it, in a container for example; it has ended all the same.
   */
  static void awaitEnd(ProcessHandle process) throws InterruptedException {
    while (process.isAlive() && !isZombie(process)) {
      Thread.sleep(20);
    }
  }

  private static boolean isZombie(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
      return status.contains("State:\tZ");
    } catch (IOException e) {
      return false; // Not on Linux, or gone at this moment.
    }
  }
}
