package io.sparkgate.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Lazy;

class StopPolicyTest {

  @Test
  void speaksTheWordsOfTheFunction() {
    assertThat(StopPolicy.refuse().toProperties()).isEqualTo(Map.of("Policy", "REFUSE"));
    assertThat(StopPolicy.terminate().toProperties()).isEqualTo(Map.of("Policy", "TERMINATE"));
    assertThat(StopPolicy.drain(Duration.seconds(1800)).toProperties())
        .isEqualTo(Map.of("Policy", "DRAIN", "MaxWaitMinutes", 30));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "90, 1.5", "2460, 41"})
  void refusesToWaitLongerThanCloudFormation(int seconds, String minutes) {
    assertThatThrownBy(() -> StopPolicy.drain(Duration.seconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "StopPolicy.drain: maxWait received %s minutes, but takes whole minutes from 1 to 40,"
                    .formatted(minutes)
                + " because CloudFormation waits an hour at most; for longer, end the sessions"
                + " first, or deploy a second application beside this one");
  }

  @Test
  void refusesAWaitThatIsNotKnownYet() {
    Duration later = Duration.minutes(Lazy.number(() -> 5));

    assertThatThrownBy(() -> StopPolicy.drain(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "StopPolicy.drain: maxWait received a token, but takes a duration that is known at"
                + " synthesis");
  }
}
