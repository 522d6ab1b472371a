package io.sparkgate.benchmark.sweep.client;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * A measured sweep. The process prints {@code ready} when it has primed itself, sweeps when it is
 * sent a line, and prints {@code done} with the nanoseconds that passed, the nanoseconds of
 * processor time, the lists that failed and the sessions that failed.
 */
final class Turn {

  private Turn() {}

  /**
   * What could not be called for all retries.
   *
   * @param lists the applications whose sessions are unknown
   * @param sessions those that were not looked at, or not terminated
   */
  record Failed(int lists, int sessions) {}

  @FunctionalInterface
  interface Sweep {
    Failed run() throws IOException;
  }

  static void take(Sweep sweep) throws IOException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    System.out.println("ready");
    if (System.in.read() < 0) {
      return;
    }
    cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    Failed failed = sweep.run();
    long time = System.nanoTime() - start;
    cpu = system.getProcessCpuTime() - cpu;
    System.out.printf("done %d %d %d %d%n", time, cpu, failed.lists(), failed.sessions());
  }
}
