package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.IdleTag;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaperConfigTest {

  private static final String SMALLEST =
      """
      {"applications":["00app"], "idleMinutes":60, "keepTag":"keep", "maxTerminations":25,
       "dryRun":false, "rates":{"listSessions":{"perSecond":0.5,"burst":12},
       "getSession":{"perSecond":5,"burst":25},"terminateSession":{"perSecond":1,"burst":2}}}""";

  private static final String FIELDS =
      "applications, idleMinutes, idleTag, keepTag, maxAgeMinutes, startingMinutes,"
          + " unusedMinutes, maxTerminations, dryRun, rates, jobRuns, eventBus";

  @Test
  void readsADocumentWithAllFields() {
    ReaperConfig config =
        ReaperConfig.parse(
            """
            {"applications":["00f1cb5c6anuij25","00other"], "idleMinutes":60,
             "idleTag":{"key":"sparkgate:idle-minutes","minMinutes":15,"maxMinutes":240},
             "keepTag":"sparkgate:keep-until",
             "maxAgeMinutes":720, "startingMinutes":30, "unusedMinutes":120,
             "maxTerminations":25, "dryRun":true,
             "rates":{"listSessions":{"perSecond":0.5,"burst":12},
                      "getSession":{"perSecond":5,"burst":25},
                      "terminateSession":{"perSecond":1,"burst":2}}}""");

    assertThat(config.applications()).containsExactly("00f1cb5c6anuij25", "00other");
    assertThat(config.maxTerminations()).isEqualTo(25);
    assertThat(config.dryRun()).isTrue();
    assertThat(config.rates())
        .isEqualTo(
            Map.of(
                Operation.LIST_SESSIONS, new Rate(0.5, 12),
                Operation.GET_SESSION, new Rate(5, 25),
                Operation.TERMINATE_SESSION, new Rate(1, 2)));
    assertThat(config.policy())
        .isEqualTo(
            new IdlePolicy(
                new KeepTag("sparkgate:keep-until"),
                List.of(
                    new Rule.Idle(
                        Duration.ofMinutes(60),
                        new IdleTag(
                            "sparkgate:idle-minutes",
                            Duration.ofMinutes(15),
                            Duration.ofMinutes(240))),
                    new Rule.MaxAge(Duration.ofMinutes(720)),
                    new Rule.Starting(Duration.ofMinutes(30)),
                    new Rule.Unused(Duration.ofMinutes(120)))));
  }

  /** As when an imported application turns out to be one that the stack owns. */
  @Test
  void takesAnApplicationThatIsNamedTwiceForOne() {
    String twice = SMALLEST.replace("[\"00app\"]", "[\"00app\",\"00other\",\"00app\"]");

    assertThat(ReaperConfig.parse(twice).applications()).containsExactly("00app", "00other");
  }

  @Test
  void leavesOffEveryRuleThatIsNotGiven() {
    assertThat(ReaperConfig.parse(SMALLEST).policy().rules())
        .containsExactly(new Rule.Idle(Duration.ofMinutes(60), null));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void saysThatTheVariableIsMissing(@Nullable String text) {
    assertThatThrownBy(() -> ReaperConfig.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SPARKGATE_REAPER is not set; allowed: a JSON object with the fields "
                + FIELDS
                + ". Set it on the function");
  }

  /** A change to the smallest document, and the one sentence that answers it. */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      "dryRun":false | "dryRun":"no"           | dryRun is "no"; allowed: true or false. Correct the value
      "dryRun":false | "dryRun":null           | dryRun is null; allowed: true or false. Correct the value
      "idleMinutes":60 | "idleMinutes":0       | idleMinutes is 0; allowed: a whole number from 1 to 10080. Correct the value
      "idleMinutes":60 | "idleMinutes":10081   | idleMinutes is 10081; allowed: a whole number from 1 to 10080. Correct the value
      "idleMinutes":60 | "idleMinutes":1.5     | idleMinutes is 1.5; allowed: a whole number from 1 to 10080. Correct the value
      "idleMinutes":60 | "idleMinutes":9999999999 | idleMinutes is 9999999999; allowed: a whole number from 1 to 10080. Correct the value
      "idleMinutes":60 | "idleMinutes":"60"    | idleMinutes is "60"; allowed: a whole number from 1 to 10080. Correct the value
      "dryRun":false | "dryRun":false,"maxAgeMinutes":0 | maxAgeMinutes is 0; allowed: a whole number from 1 to 10080. Correct the value
      "dryRun":false | "dryRun":false,"startingMinutes":-1 | startingMinutes is -1; allowed: a whole number from 1 to 10080. Correct the value
      "dryRun":false | "dryRun":false,"unusedMinutes":[] | unusedMinutes is []; allowed: a whole number from 1 to 10080. Correct the value
      "maxTerminations":25 | "maxTerminations":0 | maxTerminations is 0; allowed: a whole number from 1 to 1000. Correct the value
      "keepTag":"keep" | "keepTag":""          | keepTag is ""; allowed: a text that matches [A-Za-z0-9 /_.:=+@-]{1,128}. Correct the value
      "keepTag":"keep" | "keepTag":"keep","idleTag":5 | idleTag is 5; allowed: an object with the fields key, minMinutes, maxMinutes. Give an object
      "keepTag":"keep" | "keepTag":"keep","idleTag":{} | idleTag.key is missing; allowed: a text that matches [A-Za-z0-9 /_.:=+@-]{1,128}. Add it
      "keepTag":"keep" | "keepTag":"keep","idleTag":{"key":"k","minMinutes":0,"maxMinutes":9} | idleTag.minMinutes is 0; allowed: a whole number from 1 to 10080. Correct the value
      "keepTag":"keep" | "keepTag":"keep","idleTag":{"key":"k","minMinutes":10,"maxMinutes":9} | idleTag.maxMinutes is 9; allowed: a whole number from 10 to 10080. Correct the value
      "keepTag":"keep" | "keepTag":"keep","idleTag":{"keys":"k"} | idleTag.keys is "k"; allowed: no such field, only key, minMinutes, maxMinutes. Correct the name or remove it
      "perSecond":5,   | "perSecond":0,        | rates.getSession.perSecond is 0; allowed: a number from 0.01 to 10000. Correct the value
      "perSecond":5,   | "perSecond":"5",      | rates.getSession.perSecond is "5"; allowed: a number from 0.01 to 10000. Correct the value
      "burst":25       | "burst":2.5           | rates.getSession.burst is 2.5; allowed: a whole number from 1 to 10000. Correct the value
      "terminateSession" | "terminate"         | rates.terminate is {"perSecond":1,"burst":2}; allowed: no such field, only listSessions, getSession, terminateSession. Correct the name or remove it
      ["00app"]        | []                    | applications is []; allowed: at least one text that matches [0-9a-z]{1,64}. Correct the value
      ["00app"]        | "00app"               | applications is "00app"; allowed: at least one text that matches [0-9a-z]{1,64}. Correct the value
      ["00app"]        | ["00app","00APP"]     | applications[1] is "00APP"; allowed: at least one text that matches [0-9a-z]{1,64}. Correct or remove it
      ["00app"]        | [7]                   | applications[0] is 7; allowed: at least one text that matches [0-9a-z]{1,64}. Correct or remove it
      """)
  void saysWhatIsWrongWithAValue(String from, String to, String message) {
    assertMessage(SMALLEST.replace(from, to), "SPARKGATE_REAPER: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"applications", "idleMinutes", "keepTag", "maxTerminations", "dryRun"})
  void saysWhichRequiredFieldIsMissing(String field) {
    String without =
        SMALLEST.replaceFirst("\"" + field + "\":[^,}\\n]+,?", "").replace(",\n }", "}");
    assertThatThrownBy(() -> ReaperConfig.parse(without.replaceFirst(",\\s*}", "}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SPARKGATE_REAPER: " + field + " is missing; allowed: ")
        .hasMessageEndingWith(". Add it");
  }

  @Test
  void saysWhichFieldIsUnknown() {
    assertMessage(
        SMALLEST.replace("idleMinutes", "idleMinuts"),
        "SPARKGATE_REAPER: idleMinuts is 60; allowed: no such field, only "
            + FIELDS
            + ". Correct the name or remove it");
  }

  @Test
  void saysWhichFieldIsGivenTwice() {
    String text = "{\"dryRun\":false,\"idleTag\":{\"key\":\"a\",\"key\":\"b\"}}";
    assertMessage(
        text,
        "SPARKGATE_REAPER: idleTag.key is given twice in "
            + text
            + "; allowed: each field once. Remove one of the two");
  }

  @Test
  void saysThatItIsNotAnObject() {
    assertMessage(
        "[1]",
        "SPARKGATE_REAPER: the document is [1]; allowed: an object with the fields "
            + FIELDS
            + ". Give an object");
  }

  @Test
  void saysWhereTheSyntaxIsWrong() {
    assertMessage(
        "{dryRun}",
        "SPARKGATE_REAPER: the document is {dryRun}; allowed: a JSON object. Correct its syntax:"
            + " Unexpected character ('d' (code 100)):"
            + " was expecting double-quote to start field name");
  }

  @Test
  void saysThatSomethingFollows() {
    assertMessage(
        "{} {}",
        "SPARKGATE_REAPER: the document is \"{} {}\"; allowed: one JSON object."
            + " Remove what follows it");
  }

  private static void assertMessage(String text, String message) {
    assertThatThrownBy(() -> ReaperConfig.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
