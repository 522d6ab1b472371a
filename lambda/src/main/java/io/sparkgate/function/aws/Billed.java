package io.sparkgate.function.aws;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.model.ResourceUtilization;

/**
 * What the service says that it bills of a session or a job run, to the digit: hours of vCPU, of GB
 * of memory, and of GB of storage beyond the 20 that each worker has free. Of pre-initialized
 * workers that wait, it says nothing here.
 */
public record Billed(BigDecimal vcpuHours, BigDecimal memoryGbHours, BigDecimal storageGbHours) {

  public static final Billed NOTHING =
      new Billed(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  public Billed plus(Billed more) {
    return new Billed(
        vcpuHours.add(more.vcpuHours),
        memoryGbHours.add(more.memoryGbHours),
        storageGbHours.add(more.storageGbHours));
  }

  public Billed times(BigDecimal factor) {
    return new Billed(
        vcpuHours.multiply(factor),
        memoryGbHours.multiply(factor),
        storageGbHours.multiply(factor));
  }

  static @Nullable Billed of(@Nullable ResourceUtilization said) {
    return said == null
        ? null
        : new Billed(
            decimal(said.vcpuHour()), decimal(said.memoryGBHour()), decimal(said.storageGBHour()));
  }

  /** The shortest that reads back as the same: what the service wrote, but for zeros at its end. */
  private static BigDecimal decimal(@Nullable Double value) {
    return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString()).stripTrailingZeros();
  }
}
