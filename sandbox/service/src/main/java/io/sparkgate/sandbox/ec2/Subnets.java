package io.sparkgate.sandbox.ec2;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Subnets, and the addresses that they have left: workers take one each, and are spread over the
 * subnets (a real application with a pool keeps to one).
 */
public final class Subnets {

  /** What AWS keeps of each subnet for itself. */
  private static final long RESERVED = 5;

  private final Map<String, String> blocks;
  private final LongSupplier workers;

  /**
   * Subnets.
   *
   * @param blocks of addresses, for example {@code 10.0.0.0/20}, by the subnets' ids
   * @param workers how many there are now
   */
  public Subnets(Map<String, String> blocks, LongSupplier workers) {
    this.blocks = new LinkedHashMap<>(blocks);
    this.workers = workers;
  }

  Map<String, String> blocks() {
    return blocks;
  }

  /** How many addresses are free, by the subnets' ids. */
  Map<String, Long> free() {
    Map<String, Long> free = new LinkedHashMap<>();
    long all = workers.getAsLong();
    long index = 0;
    for (Map.Entry<String, String> subnet : blocks.entrySet()) {
      long here = all / blocks.size() + (index < all % blocks.size() ? 1 : 0);
      free.put(subnet.getKey(), Math.max(0, size(subnet.getValue()) - RESERVED - here));
      index++;
    }
    return free;
  }

  private static long size(String block) {
    return 1L << (32 - Integer.parseInt(block.replaceFirst(".*/", "")));
  }
}
