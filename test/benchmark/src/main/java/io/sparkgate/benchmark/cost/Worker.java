package io.sparkgate.benchmark.cost;

/**
 * The size of one worker of EMR Serverless.
 *
 * @param vcpu virtual processors
 * @param gb memory, with Spark's overhead
 */
record Worker(int vcpu, int gb) {

  /** What it is billed for that long. */
  double cost(long seconds, Prices prices) {
    return (vcpu * prices.vcpuHour() + gb * prices.gbHour()) * seconds / 3600;
  }
}
