package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateExpressionTest {

  @ParameterizedTest
  @CsvSource({
    "rate(1 minute), PT1M",
    "rate(5 minutes), PT5M",
    "rate(2 hours), PT2H",
    "rate(1 day), P1D"
  })
  void plays(String expression, Duration every) {
    assertThat(RateExpression.parse(expression)).contains(every);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cron(0 9 * * ? *)", "at(2026-01-01T00:00:00)", "rate(0 minutes)", ""})
  void doesNotPlay(String expression) {
    assertThat(RateExpression.parse(expression)).isEmpty();
  }
}
