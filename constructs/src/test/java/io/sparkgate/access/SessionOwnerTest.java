package io.sparkgate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionOwnerTest {

  @Test
  void isOneOfThreeIdentities() {
    assertThat(SessionOwner.userId()).hasToString("${aws:userid}");
    assertThat(SessionOwner.sourceIdentity()).hasToString("${aws:SourceIdentity}");
    assertThat(SessionOwner.principalTag("team/lead")).hasToString("${aws:PrincipalTag/team/lead}");
  }

  @Test
  void isRequiredUnlessSwitchedOff() {
    assertThat(SessionOwner.userId().isRequired()).isTrue();
    assertThat(SessionOwner.anyone().isRequired()).isFalse();
  }

  @Test
  void rejectsAKeyThatCouldChangeTheMeaningOfThePolicy() {
    assertThatThrownBy(() -> SessionOwner.principalTag("a}*${b"))
        .hasMessage(
            "SessionOwner.principalTag: key 'a}*${b' is not the key of an IAM tag; use 1 to 128"
                + " letters, digits, spaces or _.:/=+-@");
  }
}
