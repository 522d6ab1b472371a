package io.sparkgate.function.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.reaper.sweep.Operation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorConfigTest {

  private static final String SMALLEST =
      """
      {"applications":["00app"], "every":5, "keepTag":"keep",
       "rates":{"listSessions":{"perSecond":0.5,"burst":12},
                "getSession":{"perSecond":5,"burst":25}}}""";

  private static final String FIELDS =
      "applications, every, keepTag, policy, warnMinutes, usage, eventBus, parameterPrefix, subnets, prices, owners,"
          + " mostOwners, rates";

  @Test
  void readsADocumentWithAllFields() {
    MonitorConfig config =
        MonitorConfig.parse(
            """
            {"applications":["00app","00other"], "every":5, "keepTag":"keep",
             "policy":{"idleMinutes":60,"idleTag":{"key":"k","minMinutes":15,"maxMinutes":240},
                       "maxAgeMinutes":720,"startingMinutes":30,"unusedMinutes":120},
             "warnMinutes":10, "usage":{"bucket":"bills","prefix":"usage/"},
             "eventBus":"default", "parameterPrefix":"/sparkgate/dev", "subnets":["subnet-0a"],
             "prices":{"vcpuHour":0.052624,"memoryGbHour":0.0057785,"storageGbHour":0.000111,
                       "source":"as of June 2026"},
             "owners":{"maxSessions":3,"end":"newest","dailyDollars":20.5,"warnPercent":80,
                       "dryRun":true},
             "mostOwners":7,
             "rates":{"listSessions":{"perSecond":0.5,"burst":12},
                      "getSession":{"perSecond":5,"burst":25},
                      "terminateSession":{"perSecond":1,"burst":2},
                      "listJobRuns":{"perSecond":1,"burst":3},
                      "getJobRun":{"perSecond":1,"burst":4},
                      "getApplication":{"perSecond":1,"burst":5}}}""");

    assertThat(config.applications()).containsExactly("00app", "00other");
    assertThat(config.every()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.policy()).isNotNull();
    assertThat(config.policy().rules()).hasSize(4);
    assertThat(config.warn()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.usage()).isEqualTo(new MonitorConfig.Usage("bills", "usage/"));
    assertThat(config.eventBus()).isEqualTo("default");
    assertThat(config.parameterPrefix()).isEqualTo("/sparkgate/dev");
    assertThat(config.subnets()).containsExactly("subnet-0a");
    assertThat(config.prices())
        .isEqualTo(
            new Prices(
                new BigDecimal("0.052624"),
                new BigDecimal("0.0057785"),
                new BigDecimal("1.11E-4"),
                "as of June 2026"));
    assertThat(config.owners())
        .isEqualTo(
            new OwnerLimits(
                3, OwnerLimits.Order.NEWEST, new BigDecimal("20.5"), 80, true, Duration.ZERO));
    assertThat(config.mostOwners()).isEqualTo(7);
    assertThat(config.rates().get(Operation.GET_APPLICATION).burst()).isEqualTo(5);
  }

  @Test
  void leavesOffWhatIsNotGiven() {
    MonitorConfig config = MonitorConfig.parse(SMALLEST);

    assertThat(config.policy()).isNull();
    assertThat(config.usage()).isNull();
    assertThat(config.eventBus()).isNull();
    assertThat(config.parameterPrefix()).isNull();
    assertThat(config.subnets()).isEmpty();
    assertThat(config.prices()).isNull();
    assertThat(config.owners()).isNull();
    assertThat(config.mostOwners()).isEqualTo(10);
  }

  /**
   * The service documents what it takes of job runs, and is assumed to take as much of sessions.
   */
  @Test
  void callsAnOperationWithoutARateAsFastAsTheOneOfItsKind() {
    MonitorConfig config = MonitorConfig.parse(SMALLEST);

    assertThat(config.rates().get(Operation.LIST_JOB_RUNS).burst()).isEqualTo(12);
    assertThat(config.rates().get(Operation.TERMINATE_SESSION).burst()).isEqualTo(12);
    assertThat(config.rates().get(Operation.GET_JOB_RUN).burst()).isEqualTo(25);
    assertThat(config.rates().get(Operation.GET_APPLICATION).burst()).isEqualTo(25);
  }

  @Test
  void saysThatTheVariableIsMissing() {
    assertThatThrownBy(() -> MonitorConfig.parse(null))
        .hasMessage(
            "SPARKGATE_MONITOR is not set; allowed: a JSON object with the fields "
                + FIELDS
                + ". Set it on the function");
  }

  @ParameterizedTest
  @ValueSource(strings = {"applications", "every", "keepTag"})
  void saysWhichRequiredFieldIsMissing(String field) {
    String other = SMALLEST.replace("\"" + field + "\":", "\"mostOwners\":");
    assertThatThrownBy(() -> MonitorConfig.parse(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SPARKGATE_MONITOR: " + field + " is missing; allowed: ")
        .hasMessageEndingWith(". Add it");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      "policy":{"idleMinutes":0},"warnMinutes":5 | policy.idleMinutes is 0; allowed: a whole number from 1 to 10080. Correct the value
      "policy":{} | policy.idleMinutes is missing; allowed: a whole number from 1 to 10080. Add it
      "policy":{"idleMinutes":60} | warnMinutes is missing; allowed: a whole number from 1 to 1440. Add it
      "policy":{"idleMinutes":60,"dryRun":true} | policy.dryRun is true; allowed: no such field, only idleMinutes, idleTag, maxAgeMinutes, startingMinutes, unusedMinutes. Correct the name or remove it
      "usage":{"bucket":"B","prefix":"usage/"} | usage.bucket is "B"; allowed: a text that matches [a-z0-9][a-z0-9.-]{1,61}[a-z0-9]. Correct the value
      "usage":{"bucket":"bills","prefix":"usage"} | usage.prefix is "usage"; allowed: a text that matches ([A-Za-z0-9!_.*'()=-]+/)*. Correct the value
      "eventBus":"" | eventBus is ""; allowed: a text that matches [/._A-Za-z0-9-]{1,256}. Correct the value
      "parameterPrefix":"dev" | parameterPrefix is "dev"; allowed: a text that matches (/[A-Za-z0-9_.-]+){1,15}. Correct the value
      "subnets":["vpc-1"] | subnets[0] is "vpc-1"; allowed: at least one text that matches subnet-[0-9a-z]{1,32}. Correct or remove it
      "prices":{"vcpuHour":-1,"memoryGbHour":0,"storageGbHour":0,"source":"s"} | prices.vcpuHour is -1; allowed: a number from 0.0 to 100. Correct the value
      "prices":{"vcpuHour":1,"memoryGbHour":1,"storageGbHour":1} | prices.source is missing; allowed: a text that matches .{1,1024}. Add it
      "owners":{"dryRun":true} | owners.maxSessions is missing; allowed: a whole number from 1 to 10000. Add it
      "owners":{"maxSessions":0,"dryRun":true} | owners.maxSessions is 0; allowed: a whole number from 1 to 10000. Correct the value
      "owners":{"maxSessions":1} | owners.dryRun is missing; allowed: true or false. Add it
      "owners":{"dailyDollars":0,"warnPercent":80,"dryRun":true} | owners.dailyDollars is 0; allowed: a number from 0.01 to 1000000. Correct the value
      "owners":{"dailyDollars":1,"warnPercent":101,"dryRun":true} | owners.warnPercent is 101; allowed: a whole number from 1 to 100. Correct the value
      "owners":{"dailyDollars":1,"warnPercent":80,"dryRun":true} | prices is missing; allowed: an object with the fields vcpuHour, memoryGbHour, storageGbHour, source. Add it
      "mostOwners":101 | mostOwners is 101; allowed: a whole number from 0 to 100. Correct the value
      """)
  void saysWhatIsWrongWithAValue(String field, String message) {
    String document = SMALLEST.replaceFirst("\\{", "{" + Matcher.quoteReplacement(field) + ",");
    assertThatThrownBy(() -> MonitorConfig.parse(document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SPARKGATE_MONITOR: " + message);
  }

  @Test
  void saysThatTheRatesAreMissing() {
    String without = SMALLEST.substring(0, SMALLEST.indexOf("\"rates\"")) + "\"mostOwners\":1}";
    assertThatThrownBy(() -> MonitorConfig.parse(without))
        .hasMessageStartingWith(
            "SPARKGATE_MONITOR: rates is missing; allowed: an object with the fields listSessions,");
  }

  @Test
  void saysWhichSessionsMayEndFirst() {
    String owners = "{\"owners\":{\"maxSessions\":1,\"end\":\"oldest\",\"dryRun\":true},";
    assertThatThrownBy(() -> MonitorConfig.parse(SMALLEST.replaceFirst("\\{", owners)))
        .hasMessage(
            "SPARKGATE_MONITOR: owners.end is \"oldest\"; allowed: a text that matches"
                + " longestIdle|newest. Correct the value");
  }

  @ParameterizedTest
  @CsvSource({"0", "16"})
  void saysHowOftenItMayLook(int every) {
    assertThatThrownBy(
            () -> MonitorConfig.parse(SMALLEST.replace("\"every\":5", "\"every\":" + every)))
        .hasMessage(
            "SPARKGATE_MONITOR: every is %d; allowed: a whole number from 1 to 15. Correct the"
                + " value",
            every);
  }
}
