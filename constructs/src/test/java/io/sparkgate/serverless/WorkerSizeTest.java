package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerSizeTest {

  @Test
  void knowsSixtySevenLegalPairs() {
    long legal =
        IntStream.rangeClosed(0, 16)
            .boxed()
            .flatMap(vcpu -> IntStream.rangeClosed(0, 130).mapToObj(gb -> new int[] {vcpu, gb}))
            .filter(pair -> isLegal(pair[0], pair[1]))
            .count();
    assertThat(legal).isEqualTo(67);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 32, 'a worker with 4 vCPU cannot have 32 GB; it has 8 to 30 GB in steps of 1, so use 30'",
    "8, 18, '16 to 60 GB in steps of 4, so use 16 or 20'",
    "16, 36, '32 to 120 GB in steps of 8, so use 32 or 40'",
    "1, 1, '2 to 8 GB in steps of 1, so use 2'",
    "3, 8, 'a worker cannot have 3 vCPU; use 1, 2, 4, 8 or 16'"
  })
  void namesTheNearestLegalChoice(int vcpu, int memoryGb, String message) {
    assertThatThrownBy(() -> WorkerSize.of(vcpu, memoryGb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"2, 7", "1, 2", "4, 30", "8, 60", "16, 120"})
  void acceptsLegalPairs(int vcpu, int memoryGb) {
    assertThatCode(() -> WorkerSize.of(vcpu, memoryGb)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"32, 60", "32, 244", "64, 488"})
  void takesLargerOnesThanItKnows(int vcpu, int memoryGb) {
    assertThat(WorkerSize.of(vcpu, memoryGb).isKnown()).isFalse();
    assertThat(WorkerSize.of(16, 120).isKnown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"32, 0", "32, -1", "-4, 16"})
  void takesNothingThatIsNoSize(int vcpu, int memoryGb) {
    assertThatThrownBy(() -> WorkerSize.of(vcpu, memoryGb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("WorkerSize: ");
  }

  @Test
  void hasTheFreeDiskUntilAnotherIsChosen() {
    WorkerSize size = WorkerSize.of(4, 16);
    assertThat(size.disk()).isEqualTo(Disk.standard(20));
    assertThat(size.withDisk(Disk.shuffleOptimized(500)))
        .isEqualTo(new WorkerSize(4, 16, Disk.shuffleOptimized(500)));
  }

  @ParameterizedTest
  @CsvSource({"4, 15.4, 4, 16", "1, 2.4, 1, 3", "3, 2, 4, 8", "4, 31, 8, 32", "16, 120, 16, 120"})
  void findsTheSmallestThatHolds(int cores, double memoryGb, int vcpu, int gb) {
    assertThat(WorkerSize.smallestWith(cores, memoryGb)).contains(WorkerSize.of(vcpu, gb));
  }

  @Test
  void findsNoneForMoreThanTheLargest() {
    assertThat(WorkerSize.smallestWith(4, 121)).isEmpty();
    assertThat(WorkerSize.smallestWith(17, 16)).isEmpty();
  }

  private static boolean isLegal(int vcpu, int memoryGb) {
    try {
      WorkerSize.of(vcpu, memoryGb);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
