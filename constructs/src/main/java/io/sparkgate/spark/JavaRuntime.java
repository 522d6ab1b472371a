package io.sparkgate.spark;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Java that drivers and executors run on. Releases of the series 7 run on Java 17 by
 * themselves.
 */
public final class JavaRuntime implements Feature {

  private final @Nullable String home;

  private JavaRuntime(@Nullable String home) {
    this.home = home;
  }

  /**
   * Amazon Corretto 17, where the service has it for the application's processor. Of release 6.11.0
   * and later.
   *
   * @return the runtime
   */
  public static JavaRuntime corretto17() {
    return new JavaRuntime(null);
  }

  /**
   * Another Java, such as one of an image of yours.
   *
   * @param home its directory
   * @return the runtime
   * @throws IllegalArgumentException if this is no absolute path
   */
  public static JavaRuntime at(String home) {
    if (!Tokens.isUnresolved(home) && !home.startsWith("/")) {
      throw new IllegalArgumentException(
          "JavaRuntime: '%s' is no directory of a worker; use an absolute path, such as /usr/lib/jvm/java-21"
              .formatted(home));
    }
    return new JavaRuntime(home);
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    String path = home != null ? home : corretto17(target.architecture());
    return SparkDefaults.of(
        Ordered.map(
            entry("spark.emr-serverless.driverEnv.JAVA_HOME", path),
            entry("spark.executorEnv.JAVA_HOME", path)));
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    List<String> problems = new ArrayList<>();
    if (home == null) {
      problems.addAll(SparkDefaults.before("6.11.0", target, this));
    }
    String foreign = spelled(other(target.architecture()));
    if (home != null && home.toLowerCase(Locale.ROOT).contains(foreign)) {
      problems.add(
          "%s is for %s, but architecture is %s; use the Java of that architecture"
              .formatted(this, foreign, target.architecture()));
    }
    return problems;
  }

  private static String corretto17(CpuArchitecture architecture) {
    return "/usr/lib/jvm/java-17-amazon-corretto." + spelled(architecture) + "/";
  }

  private static CpuArchitecture other(CpuArchitecture architecture) {
    return architecture == CpuArchitecture.ARM64 ? CpuArchitecture.X86_64 : CpuArchitecture.ARM64;
  }

  /** As Linux names processors. */
  private static String spelled(CpuArchitecture architecture) {
    return architecture == CpuArchitecture.ARM64 ? "aarch64" : "x86_64";
  }

  @Override
  public String toString() {
    return home == null ? "JavaRuntime.corretto17" : "JavaRuntime.at '" + home + "'";
  }
}
