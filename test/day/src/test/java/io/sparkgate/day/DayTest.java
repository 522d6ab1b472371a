package io.sparkgate.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.border.SessionEvents;
import io.sparkgate.sandbox.dashboard.DashboardPage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayTest {

  private static final Path PAGE = Path.of("target/dashboard.html");

  @TempDir static Path folder;

  private static Deployed deployed;
  private static Day day;
  private static Day troubled;

  @BeforeAll
  static void play() throws IOException {
    Path assembly = folder.resolve("cdk.out");
    DayStack.synthesize(assembly);
    deployed = Deployed.read(assembly);
    day = Day.play(deployed, folder.resolve("calm"), Day.Faults.NONE);
    troubled = Day.play(deployed, folder.resolve("troubled"), Day.Faults.SOME);
    Files.createDirectories(PAGE.getParent());
    Files.writeString(PAGE, page(People.BEGINS, People.NIGHT).html());
  }

  /** Where the monitor of that day has put its records. */
  private static Path usage(String kind) throws IOException {
    try (Stream<Path> buckets = Files.list(folder.resolve(kind))) {
      return buckets.findFirst().orElseThrow().resolve("usage");
    }
  }

  private static DashboardPage page(Instant from, Instant to) {
    return deployed.surroundings().dashboards().entrySet().stream()
        .map(
            dashboard ->
                new DashboardPage(
                    dashboard.getKey(),
                    dashboard.getValue(),
                    day.town().metrics,
                    from,
                    to,
                    DayStack.QUOTA))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noInvocationFails() {
    assertThat(day.town().failures).as("%s", day.town().log).isEmpty();
  }

  @Test
  void everyWidgetOfTheDashboardHasData() {
    assertThat(page(People.BEGINS, People.NIGHT).empty()).isEmpty();
  }

  @Test
  void recordsOfUsageAreWhatTheServiceBills() throws IOException {
    assertThat(Account.of(Records.in(usage("calm")))).isEqualTo(Account.of(day.town().ledger));
  }

  /** The pool is estimated, here as there, so its own records are what is added. */
  @Test
  void dollarsAddUpToTheCent() throws IOException {
    Records records = Records.in(usage("calm"));
    BigDecimal billed = Prices.listed().cents(day.town().ledger, records);

    assertThat(billed).isGreaterThan(new BigDecimal("10"));
    for (String by : List.of("owner", "session", "day", "kind")) {
      Optional<Command> bill = Command.bill(usage("calm"), by);
      assumeThat(bill).as("what client/check makes").isPresent();
      assertThat(bill.orElseThrow().total()).as(by).isEqualTo(billed);
      assertThat(bill.orElseThrow().rows()).as(by).isEqualTo(billed);
    }
  }

  @Test
  void aFailedPassAndFunctionsWithoutAMemoryChangeNoBill() throws IOException {
    assertThat(troubled.town().failures).isNotEmpty();
    assertThat(Account.of(Records.in(usage("troubled"))))
        .isEqualTo(Account.of(troubled.town().ledger))
        .hasSameSizeAs(Account.of(day.town().ledger));
  }

  /** The monitor takes it that who is busy has three executors; the sandbox gives each one. */
  @Test
  void whatWaitsInTheWarmPoolIsEstimatedWithinAQuarter() throws IOException {
    BigDecimal waited = Account.poolHours(day.town().ledger);

    assertThat(Account.poolHours(Records.in(usage("calm"))))
        .isCloseTo(waited, withinPercentage(25));
  }

  /**
   * An application that is there is asked for its sessions, live and ended job runs, and itself.
   */
  @Test
  void aPassWithNothingNewMakesFewCalls() {
    int passes = 24 * 60 / DayStack.EVERY_MINUTES;

    assertThat(calls(day.town().reaper)).isLessThan(2 * passes);
    assertThat(calls(day.town().monitor)).isLessThan(6 * passes);
  }

  private static int calls(Watcher function) {
    return day.town().calls.getOrDefault(function.name(), 0);
  }

  @Test
  void aSubscriberHearsOfEachMomentOnce() {
    Heard heard = Heard.of(day);

    assertThat(heard.events("Started")).hasSize(14);
    assertThat(heard.names("Ready"))
        .hasSize(11)
        .contains("prices", "notebook 3", "mended", "late")
        .doesNotContain("broken 0", "broken 1", "broken 2");
    assertThat(heard.names("Failed")).containsExactlyInAnyOrder("broken 0", "broken 1", "broken 2");
    assertThat(heard.names("Ended"))
        .contains("churn", "churn again", "never used", "late", "notebook 0", "notebook 1")
        .doesNotContain("prices", "forecast", "mended");
    assertThat(heard.names("Limited")).isNotEmpty().allMatch(name -> name.startsWith("notebook"));
    assertThat(heard.repeated()).isEmpty();
  }

  @Test
  void afterTroubleTheSameMomentsHaveBeenToldByTheirIds() {
    assertThat(Heard.of(troubled).ids("Started")).hasSameElementsAs(troubledIds("Started"));
    assertThat(Heard.of(troubled).names("Ended"))
        .containsExactlyInAnyOrderElementsOf(Heard.of(day).names("Ended"));
    assertThat(Heard.of(troubled).names("Warned")).containsAll(Heard.of(day).names("Warned"));
  }

  private static List<String> troubledIds(String rule) {
    return Heard.of(troubled).ids(rule).stream().distinct().toList();
  }

  @Test
  void aWarningComesSomeMinutesBeforeEachSessionThatAPolicyEnds() {
    Heard heard = Heard.of(day);
    List<JsonNode> ended = heard.events("Ended");

    assertThat(ended)
        .extracting(event -> event.path(SessionEvents.RULE).asText())
        .contains("idle", "ownerLimit");
    for (JsonNode end : ended) {
      JsonNode warning =
          heard.events("Warned").stream()
              .filter(event -> same(event, end, SessionEvents.SESSION_ID))
              .filter(event -> same(event, end, SessionEvents.RULE))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no warning before " + end));
      Instant endsAt = Instant.parse(warning.path(SessionEvents.ENDS_AT).asText());
      assertThat(Duration.between(Heard.time(warning), endsAt).toMinutes())
          .as("%s", warning)
          .isBetween(
              (long) DayStack.WARN_MINUTES - DayStack.EVERY_MINUTES, (long) DayStack.WARN_MINUTES);
      assertThat(Heard.time(end)).isAfterOrEqualTo(endsAt);
      assertThat(warning.path(SessionEvents.KEEP_COMMAND).asText()).startsWith("sparkgate keep ");
    }
  }

  private static boolean same(JsonNode one, JsonNode other, String field) {
    return one.path(field).equals(other.path(field));
  }

  @Test
  void noAlarmGoesOffInANightInWhichNobodyWorks() {
    for (Instant at = People.at("22:00");
        at.isBefore(People.ENDS);
        at = at.plus(Duration.ofMinutes(5))) {
      assertThat(alarmsAt(at)).as("%s", at).isEmpty();
    }
  }

  @Test
  void whoeverIsOnCallHearsOfStartsThatFail() {
    assertThat(alarmsAt(People.at("14:35"))).anyMatch(alarm -> alarm.contains("StartsFail"));
  }

  /** The ids of those that are in ALARM. */
  private static List<String> alarmsAt(Instant at) {
    AlarmState state = new AlarmState(day.town().metrics, at);
    return deployed.ofType("AWS::CloudWatch::Alarm").stream()
        .filter(id -> id.startsWith("PlatformAlarms"))
        .filter(id -> state.of(deployed.properties(id)).equals("ALARM"))
        .toList();
  }
}
