package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;

/** An amount of vCPU, memory and disk. */
record Footprint(long cpu, long memoryGb, long diskGb) {

  static final Footprint NONE = new Footprint(0, 0, 0);

  /** Of CPU, memory and disk in the service's notation; what is not given has no limit. */
  static Footprint of(JsonNode sizes) {
    return new Footprint(
        number(sizes.path("cpu")), number(sizes.path("memory")), number(sizes.path("disk")));
  }

  Footprint plus(Footprint other) {
    return new Footprint(cpu + other.cpu, memoryGb + other.memoryGb, diskGb + other.diskGb);
  }

  /** The same with a disk where it has no limit of one. */
  Footprint orDisk(long gb) {
    return diskGb == Long.MAX_VALUE ? new Footprint(cpu, memoryGb, gb) : this;
  }

  Footprint times(long count) {
    return new Footprint(cpu * count, memoryGb * count, diskGb * count);
  }

  boolean fitsIn(Footprint limit) {
    return cpu <= limit.cpu && memoryGb <= limit.memoryGb && diskGb <= limit.diskGb;
  }

  @Override
  public String toString() {
    return "%s vCPU, %s GB memory, %s GB disk".formatted(text(cpu), text(memoryGb), text(diskGb));
  }

  private static String text(long amount) {
    return amount == Long.MAX_VALUE ? "any" : Long.toString(amount);
  }

  private static long number(JsonNode size) {
    return size.isTextual()
        ? Long.parseLong(size.asText().replaceAll("[^0-9]", ""))
        : Long.MAX_VALUE;
  }
}
