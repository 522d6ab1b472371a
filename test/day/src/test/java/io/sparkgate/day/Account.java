package io.sparkgate.day;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Ledger;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What sessions and job runs used, by their ids; and apart from them what waited in the pool. */
final class Account {

  private Account() {}

  /** Hours without zeros at their ends, so that they compare. */
  record Hours(BigDecimal vcpu, BigDecimal memoryGb, BigDecimal storageGb) {
    Hours {
      vcpu = plain(vcpu);
      memoryGb = plain(memoryGb);
      storageGb = plain(storageGb);
    }

    private static BigDecimal plain(BigDecimal value) {
      return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
  }

  static Map<String, Hours> of(Ledger ledger) {
    Map<String, Hours> account = new TreeMap<>();
    for (Ledger.Entry entry : ledger.entries()) {
      if (entry.kind() != Ledger.Kind.POOL) {
        account.put(
            entry.id(),
            new Hours(entry.vcpuHours(), entry.memoryGbHours(), entry.storageGbHours()));
      }
    }
    return account;
  }

  static Map<String, Hours> of(Records records) {
    Map<String, Hours> account = new TreeMap<>();
    for (JsonNode record : records.all()) {
      if (!Records.isPool(record)) {
        account.put(
            record.path("id").asText(),
            new Hours(
                record.path("vcpuHours").decimalValue(),
                record.path("memoryGbHours").decimalValue(),
                record.path("storageGbHours").decimalValue()));
      }
    }
    return account;
  }

  static BigDecimal poolHours(Ledger ledger) {
    return ledger.entries().stream()
        .filter(entry -> entry.kind() == Ledger.Kind.POOL)
        .map(Ledger.Entry::vcpuHours)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static BigDecimal poolHours(Records records) {
    return records.all().stream()
        .filter(Records::isPool)
        .map(record -> record.path("vcpuHours").decimalValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
