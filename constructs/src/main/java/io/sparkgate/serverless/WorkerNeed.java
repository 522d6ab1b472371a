package io.sparkgate.serverless;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What Spark asks of the worker that is to host a driver or an executor. */
record WorkerNeed(String role, long cores, long heapMib, long overheadMib, long diskMib) {

  boolean fits(WorkerSize worker) {
    return cores <= worker.vcpu()
        && heapMib + overheadMib <= worker.memoryGb() * 1024L
        && diskMib <= worker.disk().sizeGb() * 1024L;
  }

  double memoryGb() {
    return (heapMib + overheadMib) / 1024.0;
  }

  int diskGb() {
    return (int) Math.max(20, Math.ceil(diskMib / 1024.0));
  }

  @Override
  public String toString() {
    return "%d cores, %s GB memory (spark.%s.memory %s GB and %s GB overhead) and %s GB disk"
        .formatted(
            cores, gb(heapMib + overheadMib), role, gb(heapMib), gb(overheadMib), gb(diskMib));
  }

  private static String gb(long mib) {
    return BigDecimal.valueOf(mib / 1024.0)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
