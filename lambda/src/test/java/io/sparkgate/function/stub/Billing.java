package io.sparkgate.function.stub;

import java.math.BigDecimal;
import java.util.Map;

/** What the service says that it billed. */
final class Billing {

  private Billing() {}

  static Map<String, Object> of(String vcpu, String memory, String storage) {
    return Map.of(
        "vCPUHour", new BigDecimal(vcpu),
        "memoryGBHour", new BigDecimal(memory),
        "storageGBHour", new BigDecimal(storage));
  }
}
