package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskTest {

  @ParameterizedTest
  @CsvSource({
    "201, false, 'Disk: 201 GB is not the size of a standard disk; use 20 to 200 GB, or"
        + " Disk.shuffleOptimized'",
    "19, false, 'Disk: 19 GB is not the size of a standard disk; use 20 to 200 GB'",
    "2049, true, 'Disk: 2049 GB is not the size of a shuffle-optimized disk; use 20 to 2048 GB'",
    "19, true, 'Disk: 19 GB is not the size of a shuffle-optimized disk; use 20 to 2048 GB'"
  })
  void rejectsSizesThatTheServiceDoesNotHave(int gb, boolean shuffleOptimized, String message) {
    assertThatThrownBy(() -> new Disk(gb, shuffleOptimized))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void acceptsTheLimits() {
    assertThat(Disk.standard(20).sizeGb()).isEqualTo(20);
    assertThat(Disk.standard(200).shuffleOptimized()).isFalse();
    assertThat(Disk.shuffleOptimized(201).shuffleOptimized()).isTrue();
    assertThat(Disk.shuffleOptimized(2048).sizeGb()).isEqualTo(2048);
  }
}
