package io.sparkgate.function.monitor;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.aws.Billed;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Dollars for an hour of a vCPU, of a GB of memory, and of a GB of storage beyond what is free.
 *
 * @param source where they are from, for those who doubt
 */
record Prices(
    BigDecimal vcpuHour, BigDecimal memoryGbHour, BigDecimal storageGbHour, String source) {

  private static final int MOST = 100;
  private static final Pattern SOURCE = Pattern.compile(".{1,1024}");

  static Prices read(ConfigObject whole) {
    ConfigObject config =
        whole.object(
            Configuration.PRICES,
            List.of(
                Configuration.VCPU_HOUR,
                Configuration.MEMORY_GB_HOUR,
                Configuration.STORAGE_GB_HOUR,
                Configuration.SOURCE));
    return new Prices(
        price(config, Configuration.VCPU_HOUR),
        price(config, Configuration.MEMORY_GB_HOUR),
        price(config, Configuration.STORAGE_GB_HOUR),
        config.text(Configuration.SOURCE, SOURCE));
  }

  private static BigDecimal price(ConfigObject config, String field) {
    return BigDecimal.valueOf(config.number(field, 0, MOST));
  }

  BigDecimal of(Billed billed) {
    return billed
        .vcpuHours()
        .multiply(vcpuHour)
        .add(billed.memoryGbHours().multiply(memoryGbHour))
        .add(billed.storageGbHours().multiply(storageGbHour));
  }
}
