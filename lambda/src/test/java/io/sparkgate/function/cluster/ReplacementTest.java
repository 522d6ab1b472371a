package io.sparkgate.function.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.resource.Texts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Stands before an update that would replace the cluster. */
class ReplacementTest {

  private static final Map<String, ?> BEFORE =
      Map.of("ReleaseLabel", "emr-7.12.0", "Subnets", List.of("subnet-1"), "Name", "lake");
  private static final Map<String, ?> AFTER =
      Map.of("ReleaseLabel", "emr-7.13.0", "Subnets", List.of("subnet-2"), "Name", "lake");

  @AutoClose private final Installing installing = new Installing();

  @Test
  void namesEveryChangeWhatPeopleLoseAndHowToConsent() {
    assertThatThrownBy(() -> installing.ask(Events.replacement(BEFORE, AFTER, "1")))
        .isInstanceOf(RequestFailed.class)
        .hasMessage(
            "This deployment would replace the cluster, because what it changes can be set at its"
                + " creation only: ReleaseLabel (emr-7.12.0 → emr-7.13.0), Subnets ([\"subnet-1\"]"
                + " → [\"subnet-2\"]). The cluster was not touched. With a replacement everybody"
                + " loses their sessions, temporary views and running queries, both clusters are"
                + " billed for a while, and the new one has another id. What to do: take these changes"
                + " back, or consent by raising the generation of the cluster in the same"
                + " deployment (it is 1).");
  }

  @Test
  void countsWhatIsSetForTheFirstTimeAndWhatIsNotSetAnyMore() {
    assertThatThrownBy(
            () -> installing.ask(Events.replacement(Map.of("A", "1"), Map.of("B", "2"), "1")))
        .hasMessageContaining("A (1 → not set), B (not set → 2)");
  }

  @Test
  void isConsentedToByAnotherGeneration() {
    assertThat(installing.ask(Events.replacement(BEFORE, AFTER, "2")))
        .isEqualTo(Map.of("IsComplete", true));
  }

  @Test
  void isNotInTheWayOfOtherUpdatesNorOfTheCreation() {
    assertThat(installing.ask(Events.replacement(BEFORE, BEFORE, "1")))
        .isEqualTo(Map.of("IsComplete", true));
    assertThat(installing.ask(Events.createBeforeReplacement()))
        .isEqualTo(Map.of("IsComplete", true));
    assertThat(installing.cloudFormation.calls()).isEmpty();
  }

  @Test
  void isNotInTheWayOfARollback() {
    installing.goBack();

    assertThat(installing.ask(Events.replacement(AFTER, BEFORE, "1")))
        .isEqualTo(Map.of("IsComplete", true));
  }

  @Test
  void saysWhatToDoHoweverMuchChanges() {
    Map<String, String> much = new TreeMap<>();
    Stream.iterate(100, n -> n + 1).limit(90).forEach(n -> much.put("P" + n, "x".repeat(500)));

    assertThatThrownBy(() -> installing.ask(Events.replacement(Map.of(), much, "1")))
        .hasMessageContainingAll(
            "P100 (not set → xx", ", and ", " more. The cluster was not touched.")
        .hasMessageEndingWith("(it is 1).")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(Texts.MAX_LENGTH));
  }
}
