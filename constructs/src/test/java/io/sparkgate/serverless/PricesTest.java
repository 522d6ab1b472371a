package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkgate.spark.CpuArchitecture;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Aws;

class PricesTest {

  @Test
  void areThoseOfTheClientsFile() {
    Prices prices = Prices.listed("us-east-1", CpuArchitecture.X86_64);

    assertThat(prices.getVcpuHour()).isEqualTo(0.052624);
    assertThat(prices.getMemoryGbHour()).isEqualTo(0.0057785);
    assertThat(prices.getStorageGbHour()).isEqualTo(0.000111);
    assertThat(prices.getSource())
        .isEqualTo(
            "us-east-1 X86_64 list price as of June 2026, from secondary sources that agree");
  }

  @Test
  void ofAnotherRegionAreThoseOfUsEast1AndSaySo() {
    Prices prices = Prices.listed("eu-west-1", CpuArchitecture.ARM64);

    assertThat(prices.getVcpuHour()).isEqualTo(0.052624);
    assertThat(prices.getSource())
        .startsWith("us-east-1 X86_64 list price")
        .endsWith("; other Regions and ARM64 are not known here");
  }

  @Test
  void areNoNegativeNumbersAndSayWhereTheyAreFrom() {
    assertThatThrownBy(() -> Prices.of(-1, 0, 0, "ours"))
        .hasMessage(
            "Prices.of: vcpuHour received -1.0, but takes US dollars an hour from 0 to 100");
    assertThatThrownBy(() -> Prices.of(1, 0, Double.NaN, "ours"))
        .hasMessageContaining("storageGbHour received NaN");
    assertThatThrownBy(() -> Prices.of(1, 1, 1, " "))
        .hasMessage(
            "Prices.of: source received 1 characters, but takes 1 to 200: where the prices are from"
                + " and of when, such as \"eu-west-1 list price of November 2026\"");
  }

  @Test
  void countADiskBeyondTwentyGbOfEachWorker() {
    Prices prices = Prices.of(0.05, 0.01, 0.001, "ours");
    WorkerSize plain = WorkerSize.of(4, 16);

    assertThat(prices.ofAnHour(WarmPool.of(1, plain, 2, plain))).isCloseTo(1.08, within(1e-9));
    assertThat(prices.ofAnHour(WarmPool.of(1, plain, 2, plain.withDisk(Disk.standard(120)))))
        .isCloseTo(1.28, within(1e-9));
  }

  @Test
  void areUpToAHundredDollarsAnHour() {
    assertThat(Prices.of(100, 100, 0, "s".repeat(200)).getMemoryGbHour()).isEqualTo(100);
    assertThatThrownBy(() -> Prices.of(0, 100.01, 0, "ours"))
        .hasMessage(
            "Prices.of: memoryGbHour received 100.01, but takes US dollars an hour from 0 to 100");
    assertThatThrownBy(() -> Prices.of(1, 1, 1, "s".repeat(201)))
        .hasMessageStartingWith("Prices.of: source received 201 characters, but takes 1 to 200");
    assertThatThrownBy(() -> Prices.of(1, 1, 1, Aws.REGION))
        .hasMessageStartingWith("Prices.of: source received a text that is known only when");
  }
}
