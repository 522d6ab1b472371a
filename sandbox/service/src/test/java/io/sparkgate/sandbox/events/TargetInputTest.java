package io.sparkgate.sandbox.events;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetInputTest {

  private static final String EVENT =
      "{'resources': ['first', 'second'], 'detail': {'owner': 'alice', 'minutes': 5}}";

  private static String input(String target) {
    return TargetInput.of(json(target), json(EVENT));
  }

  @Test
  void isTheWholeEventUnlessATargetSaysOtherwise() {
    assertThat(input("{}")).isEqualTo(json(EVENT).toString());
    assertThat(input("{'Input': 'a constant'}")).isEqualTo("a constant");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "$                 | `{\"resources\":[\"first\",\"second\"],\"detail\":{\"owner\":\"alice\",\"minutes\":5}}`",
        "$.detail.minutes  | 5",
        "$.resources[1]    | `\"second\"`",
        "detail.minutes    | ``",
      })
  void isAPartOfTheEvent(String path, String expected) {
    assertThat(input("{'InputPath': '" + path + "'}")).isEqualTo(expected);
  }

  /** A text is quoted where it is a value of JSON, and nowhere else. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "To <o>: <n>.                          | To alice: 5.",
        "<unknown> for <o>                     | <unknown> for alice",
        "`{\\\"who\\\": <o>, \\\"text\\\": \\\"<o> has <n>\\\"}` | `{\"who\": \"alice\", \"text\": \"alice has 5\"}`",
        "say \\\"hello\\\" to <o>               | `say \"hello\" to alice`",
        "<aws.events.event.json>               | `{\"resources\":[\"first\",\"second\"],\"detail\":{\"owner\":\"alice\",\"minutes\":5}}`",
      })
  void isWhatATemplateMakesOfIt(String template, String expected) {
    assertThat(
            input(
                "{'InputTransformer': {'InputPathsMap': {'o': '$.detail.owner', 'n':"
                    + " '$.detail.minutes'}, 'InputTemplate': '"
                    + template
                    + "'}}"))
        .isEqualTo(expected);
  }
}
