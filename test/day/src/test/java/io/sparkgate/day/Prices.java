package io.sparkgate.day;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.emrserverless.Ledger;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Map;

/** The listed ones of us-east-1, and what is to pay by them for sessions and job runs. */
record Prices(BigDecimal vcpuHour, BigDecimal memoryGbHour, BigDecimal storageGbHour) {

  static Prices listed() throws IOException {
    JsonNode listed =
        new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .readTree(Path.of("../../client/src/sparkgate/prices.json").toFile())
            .path(0);
    return new Prices(
        listed.path("vcpuHour").decimalValue(),
        listed.path("memoryGbHour").decimalValue(),
        listed.path("storageGbHour").decimalValue());
  }

  BigDecimal cents(Ledger ledger) {
    return cents(Account.of(ledger));
  }

  BigDecimal cents(Records records) {
    return cents(Account.of(records));
  }

  private BigDecimal cents(Map<String, Account.Hours> account) {
    return account.values().stream()
        .map(this::dollars)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(2, RoundingMode.HALF_UP);
  }

  private BigDecimal dollars(Account.Hours hours) {
    return hours
        .vcpu()
        .multiply(vcpuHour)
        .add(hours.memoryGb().multiply(memoryGbHour))
        .add(hours.storageGb().multiply(storageGbHour));
  }
}
