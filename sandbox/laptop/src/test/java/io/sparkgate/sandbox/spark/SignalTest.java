package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {
  @Test
  void comesBackAsItWas() {
    assertComesBack(
        new Signal.Ready(4711, "http://127.0.0.1:4040"), "READY 4711 http://127.0.0.1:4040");
    assertComesBack(new Signal.Busy(), "BUSY");
    assertComesBack(new Signal.Idle(Instant.ofEpochMilli(1700000000123L)), "IDLE 1700000000123");
    assertComesBack(new Signal.Failed("no such size: lots"), "FAILED no such size: lots");
  }

  private static void assertComesBack(Signal signal, String line) {
    assertThat(signal.line()).isEqualTo(line);
    assertThat(Signal.parse(line)).contains(signal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello world", "READY", "READY soon", "IDLE", "IDLE since noon"})
  void isNotWhatAProcessMayPrint(String line) {
    assertThat(Signal.parse(line)).isEmpty();
  }

  @Test
  void tellsAFailureInOneLine() {
    var failure = new ExceptionInInitializerError(new IllegalStateException("one\n  two\r\nthree"));
    assertThat(Signal.Failed.because(failure).line()).isEqualTo("FAILED one two three");
    assertThat(Signal.Failed.because(new Error()).line()).isEqualTo("FAILED java.lang.Error");
  }
}
