package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.CpuArchitecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the service takes for workers, in dollars an hour, and where the figures are from: for
 * estimates, never for a bill that somebody pays.
 *
 * <p>Known are those of us-east-1 on x86, of secondary sources that agree with each other; AWS's
 * own price page was not read. They change: give those of your contract with {@link #of}.
 */
public final class Prices {

  /** What is free of a worker's disk, in GB. */
  static final int FREE_DISK_GB = 20;

  private static final Pattern ENTRY = Pattern.compile("\\{([^{}]*)\\}");

  /** Longer, and it fits into no function's variables beside the rest. */
  private static final int LONGEST_SOURCE = 200;

  /** What an hour of anything that is rented by the second does not reach; more is in cents. */
  private static final double MOST = 100;

  private static final List<Listed> LISTED = listed();

  private final double vcpuHour;
  private final double memoryGbHour;
  private final double storageGbHour;
  private final String source;

  private Prices(double vcpuHour, double memoryGbHour, double storageGbHour, String source) {
    this.vcpuHour = vcpuHour;
    this.memoryGbHour = memoryGbHour;
    this.storageGbHour = storageGbHour;
    this.source = source;
  }

  private record Listed(String region, String architecture, String from, Prices prices) {}

  /**
   * Prices of your own, such as a Region's or a contract's.
   *
   * @param vcpuHour US dollars for a vCPU and an hour, 0 to 100
   * @param memoryGbHour US dollars for a GB of memory and an hour, 0 to 100
   * @param storageGbHour US dollars for a GB of disk beyond a worker's 20 and an hour, 0 to 100
   * @param source where they are from and of when, 1 to 200 characters; shown beside the dollars
   * @return the prices
   * @throws IllegalArgumentException if a price or the source is none
   */
  public static Prices of(
      double vcpuHour, double memoryGbHour, double storageGbHour, String source) {
    check("vcpuHour", vcpuHour);
    check("memoryGbHour", memoryGbHour);
    check("storageGbHour", storageGbHour);
    if (Tokens.isUnresolved(requireNonNull(source, "source"))) {
      throw new IllegalArgumentException("Prices.of: source" + Known.received("a text"));
    }
    if (source.isBlank() || source.length() > LONGEST_SOURCE) {
      throw new IllegalArgumentException(
          """
          Prices.of: source received %s characters, but takes 1 to %s: where the prices are from \
          and of when, such as "eu-west-1 list price of November 2026\""""
              .formatted(source.length(), LONGEST_SOURCE));
    }
    return new Prices(vcpuHour, memoryGbHour, storageGbHour, source);
  }

  /**
   * What is known for a Region: its own prices, and where there are none those of us-east-1 on x86,
   * which {@link #getSource} says.
   *
   * @param region such as {@code us-east-1}; may be a token, which is no known Region
   * @param architecture the processor of the workers
   * @return the prices
   */
  public static Prices listed(String region, CpuArchitecture architecture) {
    return latest(region, architecture.name())
        .map(Listed::prices)
        .orElseGet(
            () -> {
              Prices known = usEast1();
              return new Prices(
                  known.vcpuHour,
                  known.memoryGbHour,
                  known.storageGbHour,
                  known.source + "; other Regions and ARM64 are not known here");
            });
  }

  /**
   * {@return whether {@link #listed} has a Region's own prices, and not those of another}
   *
   * @param region such as {@code us-east-1}; may be a token, which is no known Region
   * @param architecture the processor of the workers
   */
  public static boolean areListed(String region, CpuArchitecture architecture) {
    return latest(region, architecture.name()).isPresent();
  }

  static Prices usEast1() {
    return latest("us-east-1", CpuArchitecture.X86_64.name()).orElseThrow().prices();
  }

  private static Optional<Listed> latest(String region, String architecture) {
    return LISTED.stream()
        .filter(listed -> listed.region.equals(region) && listed.architecture.equals(architecture))
        .max(Comparator.comparing(Listed::from));
  }

  /** {@return US dollars for a vCPU and an hour} */
  public double getVcpuHour() {
    return vcpuHour;
  }

  /** {@return US dollars for a GB of memory and an hour} */
  public double getMemoryGbHour() {
    return memoryGbHour;
  }

  /** {@return US dollars for a GB of disk beyond a worker's 20 and an hour} */
  public double getStorageGbHour() {
    return storageGbHour;
  }

  /** {@return where they are from and of when} */
  public String getSource() {
    return source;
  }

  /**
   * {@return US dollars for an hour in which the application is started with this pool, estimated}
   * The price of shuffle-optimized disks is unknown and counted as standard.
   *
   * @param pool the workers that wait
   */
  public double ofAnHour(WarmPool pool) {
    long workers = (long) pool.driverCount() + pool.executorCount();
    Capacity total = pool.total();
    return total.vcpu() * vcpuHour
        + total.memoryGb() * memoryGbHour
        + (total.diskGb() - workers * FREE_DISK_GB) * storageGbHour;
  }

  private static void check(String property, double price) {
    Known.number("Prices.of: " + property, price);
    if (!(price >= 0 && price <= MOST)) {
      throw new IllegalArgumentException(
          "Prices.of: %s received %s, but takes US dollars an hour from 0 to %.0f"
              .formatted(property, price, MOST));
    }
  }

  /** Of the client's own file, in which nothing is nested. */
  private static List<Listed> listed() {
    List<Listed> all = new ArrayList<>();
    try (var json = Prices.class.getResourceAsStream("prices.json")) {
      if (json == null) {
        throw new IllegalStateException("prices.json is not in the constructs jar");
      }
      Matcher entry = ENTRY.matcher(new String(json.readAllBytes(), StandardCharsets.UTF_8));
      while (entry.find()) {
        String fields = entry.group(1);
        String region = text(fields, "region");
        String architecture = text(fields, "architecture");
        all.add(
            new Listed(
                region,
                architecture,
                text(fields, "from"),
                new Prices(
                    number(fields, "vcpuHour"),
                    number(fields, "memoryGbHour"),
                    number(fields, "storageGbHour"),
                    String.format(
                        Locale.ROOT, "%s %s %s", region, architecture, text(fields, "source")))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("prices.json cannot be read", e);
    }
    return List.copyOf(all);
  }

  private static String text(String fields, String name) {
    return field(fields, name, "\"([^\"]*)\"");
  }

  private static double number(String fields, String name) {
    return Double.parseDouble(field(fields, name, "([0-9.eE-]+)"));
  }

  private static String field(String fields, String name, String value) {
    Matcher field = Pattern.compile("\"" + name + "\"\\s*:\\s*" + value).matcher(fields);
    if (!field.find()) {
      throw new IllegalStateException("prices.json lacks " + name);
    }
    return field.group(1);
  }
}
