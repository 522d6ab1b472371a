package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class JobRunPolicyTest {

  private static final JobRunPolicy STUCK = JobRunPolicy.none().stuckAfter(Duration.minutes(30));

  private final Stack stack = new Stack();

  static Stream<Arguments> wrongPolicies() {
    String limits =
        " minutes, but takes whole minutes from 1 to 43200, 30 days; use one such as"
            + " Duration.hours(12)";
    return Stream.of(
        wrong(p -> p.stuckAfter(Duration.minutes(0)), "stuckAfter received 0" + limits),
        wrong(p -> p.stuckAfter(Duration.seconds(90)), "stuckAfter received 1.5" + limits),
        wrong(p -> p.streamingAfter(Duration.days(31)), "streamingAfter received 44640" + limits),
        wrong(p -> p.batchAfter(Duration.minutes(43_201)), "batchAfter received 43201" + limits),
        wrong(
            p -> p.batchAfter(Duration.minutes(Token.asNumber(Map.of("Ref", "Minutes")))),
            "batchAfter received a duration that is known only when the stack is deployed, such as"
                + " a CfnParameter; checks need it at synthesis: take it from the context"
                + " (cdk.json or -c), and a stack for each environment"),
        wrong(
            p -> p.maxCancellations(0),
            "maxCancellations received 0, but takes 1 to 1000; to cancel nothing use dryRun()"),
        wrong(
            p -> p.maxCancellations(1001),
            "maxCancellations received 1001, but takes 1 to 1000; to cancel nothing use dryRun()"),
        wrong(
            p -> p.maxCancellations(Token.asNumber(Map.of("Ref", "Most")).intValue()),
            "maxCancellations received a number that is known only when the stack is deployed, such"
                + " as a CfnParameter; checks need it at synthesis: take it from the context"
                + " (cdk.json or -c), and a stack for each environment"),
        wrong(
            p -> p.unlessTagged("", "billing"),
            "unlessTagged received the key '', but takes 1 to 128 letters, digits, spaces and"
                + " / _ . : = + @ -, as the service does for a tag; correct it"),
        wrong(
            p -> p.unlessTagged("team", "billing,sales"),
            "unlessTagged received the value 'billing,sales', but takes 0 to 256 letters, digits,"
                + " spaces and / _ . : = + @ -, as the service does for a tag; correct it"),
        wrong(
            p -> p.unlessTagged("sparkgate:keep-until", "2026-12-31"),
            "unlessTagged received the key 'sparkgate:keep-until', which protects a job run anyway,"
                + " until the time in its value; use another key"),
        wrong(
            p ->
                p.unlessTagged("a", "1")
                    .unlessTagged("b", "2")
                    .unlessTagged("c", "3")
                    .unlessTagged("d", "4"),
            "unlessTagged received 4 tags of 8 characters, but takes 3 of 150 in all, which the"
                + " function's variables have room for; give what is to be spared one tag in"
                + " common"),
        wrong(
            p -> p.unlessTagged("team", "x".repeat(147)),
            "unlessTagged received 1 tags of 151 characters, but takes 3 of 150 in all, which the"
                + " function's variables have room for; give what is to be spared one tag in"
                + " common"));
  }

  private static Arguments wrong(UnaryOperator<JobRunPolicy> policy, String message) {
    return Arguments.of(policy, message);
  }

  @ParameterizedTest
  @MethodSource("wrongPolicies")
  void rejectsWhatCanNeverBeRight(UnaryOperator<JobRunPolicy> policy, String message) {
    assertThatThrownBy(() -> policy.apply(STUCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JobRunPolicy: " + message);
  }

  static Stream<JobRunPolicy> idleTalk() {
    return Stream.of(
        JobRunPolicy.none().dryRun(), JobRunPolicy.none().unlessTagged("team", "billing"));
  }

  @ParameterizedTest
  @MethodSource("idleTalk")
  void rejectsExceptionsToNothing(JobRunPolicy policy) {
    assertThatThrownBy(() -> reaper().jobRunPolicy(policy).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Reaper: jobRunPolicy received what to spare or a dry run, but cancels nothing;"
                + " call stuckAfter, streamingAfter or batchAfter too");
  }

  @Test
  void warnsWhenSweepsAreRarerThanALimit() {
    IdleSessionReaper reaper =
        reaper()
            .jobRunPolicy(STUCK.streamingAfter(Duration.hours(12)))
            .every(Duration.minutes(30))
            .build();
    software.amazon.awscdk.Annotations.of(reaper)
        .acknowledgeWarning("@sparkgate/constructs:sweepsTooRare");

    Annotations.fromStack(stack)
        .hasWarning(
            "*",
            Match.stringLikeRegexp(
                "a sweep every 30 minutes lets stuckAfter of a job run become up to 60 minutes, not"
                    + " 30; sweep more often than the limit"));
  }

  @Test
  void hasNothingToSayOfALimitOverTheInterval() {
    reaper().jobRunPolicy(STUCK).build();

    Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
  }

  @Test
  void staysAsItIsWhenAnotherIsMadeFromIt() {
    STUCK
        .streamingAfter(Duration.hours(1))
        .batchAfter(Duration.hours(1))
        .unlessTagged("team", "billing")
        .maxCancellations(3)
        .dryRun();

    assertThat(STUCK.toConfiguration(1))
        .isEqualTo(Map.of("stuckMinutes", 30L, "maxCancellations", 25, "dryRun", false));
  }

  @Test
  void dividesItsCancellationsAmongFunctions() {
    assertThat(STUCK.toConfiguration(5)).containsEntry("maxCancellations", 5);
    assertThat(STUCK.maxCancellations(2).toConfiguration(5)).containsEntry("maxCancellations", 1);
  }

  @Test
  void takesATagThatIsKnownOnlyLater() {
    reaper()
        .jobRunPolicy(STUCK.unlessTagged("team", Token.asString(Map.of("Ref", "Team"))))
        .build();

    assertThat(Template.fromStack(stack).findResources("AWS::Lambda::Function").toString())
        .contains("unlessTagged", "Ref=Team");
  }

  private IdleSessionReaper.Builder reaper() {
    return IdleSessionReaper.Builder.create(stack, "Reaper")
        .watch(
            EmrServerlessApplication.fromApplicationId(stack, "Application", "00f1cb5c6anuij25"));
  }
}
