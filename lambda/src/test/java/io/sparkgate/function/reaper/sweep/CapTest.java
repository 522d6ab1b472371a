package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CapTest {

  @Test
  void admitsNoMoreThanItAllows() {
    Cap<String> cap = new Cap<>(2);

    assertThat(cap.admits("a")).isTrue();
    assertThat(cap.admits("b")).isTrue();
    assertThat(cap.admits("c")).isFalse();
    assertThat(cap.waiting()).containsExactly("c");
  }

  @Test
  void givesWhatComesBackToTheFirstThatWaits() {
    Cap<String> cap = new Cap<>(1);
    cap.admits("a");
    cap.admits("b");
    cap.admits("c");

    assertThat(cap.giveBack()).hasValue("b");
    assertThat(cap.admits("b")).isTrue();
    assertThat(cap.waiting()).containsExactly("c");
  }

  @Test
  void admitsOneMoreWhenNobodyWaited() {
    Cap<String> cap = new Cap<>(1);
    cap.admits("a");

    assertThat(cap.giveBack()).isEmpty();
    assertThat(cap.admits("b")).isTrue();
  }

  @Test
  void losesNobodyAmongManyThreads() {
    int many = 2_000_000;
    Cap<Integer> cap = new Cap<>(many / 2);

    long admitted = IntStream.range(0, many).parallel().filter(cap::admits).count();

    assertThat(admitted).isEqualTo(many / 2);
    assertThat(cap.waiting()).hasSize(many / 2).doesNotHaveDuplicates();
  }
}
