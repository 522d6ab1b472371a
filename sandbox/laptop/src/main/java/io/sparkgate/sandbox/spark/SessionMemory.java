package io.sparkgate.sandbox.spark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.apache.spark.network.util.JavaUtils;

/**
 * How large a session's heap may grow: as large as its driver's on the service, as far as this
 * machine has it. A JVM reserves its heap and takes of it what it needs.
 *
 * @param mostMebibytes for one session, whatever it asks for
 */
public record SessionMemory(long mostMebibytes) {
  private static final long MEBIBYTE = 1024 * 1024;

  /** The service's own default, as its guide has it. */
  private static final String DEFAULT = "14g";

  /** At most so many GB for one session. */
  public static SessionMemory ofGigabytes(double most) {
    return new SessionMemory(Math.round(most * 1024));
  }

  /** At most a quarter of this machine's memory for one session, and at least 1 GB. */
  public static SessionMemory ofThisMachine() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return ofMachine(system.getTotalMemorySize());
  }

  static SessionMemory ofMachine(long bytes) {
    return new SessionMemory(Math.max(1024, bytes / 4 / MEBIBYTE));
  }

  /** For people. */
  @Override
  public String toString() {
    return "%.1f GB".formatted(mostMebibytes / 1024.0).replace(".0 ", " ");
  }

  /** The heap of a session's JVM in MiB. */
  public long heapFor(Map<String, String> conf) {
    return Math.min(mostMebibytes, wanted(conf.getOrDefault("spark.driver.memory", DEFAULT)));
  }

  private static long wanted(String size) {
    try {
      return Math.max(1, JavaUtils.byteStringAsMb(size));
    } catch (NumberFormatException e) {
      return JavaUtils.byteStringAsMb(DEFAULT); // The driver will say what is wrong.
    }
  }
}
