package io.sparkgate.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.EmrServerlessApplicationAttributes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.testing.Synth;
import io.sparkgate.watch.SessionGuard;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.assertions.Template;
import software.constructs.Construct;

class SparkConnectDashboardTest {

  /** What the sandbox evaluates too, and nothing else. */
  private static final Pattern MATH =
      Pattern.compile(
          "FILL\\(\\w+, 0\\)( / 60)?|SERVICE_QUOTA\\(usage\\)"
              + "|SEARCH\\('\\{[\\w/,]+\\} MetricName=\"\\w+\"( \\w+=\"\\w+\")+', '\\w+', \\d+\\)");

  private final Stack stack = new Stack();
  private final Watching watching = Watching.in(stack);

  private Shown full() {
    watching.fully(SparkConnectDashboard.Builder.create(stack, "Dashboard")).build();
    return Shown.of(stack);
  }

  @Test
  void showsFirstWhoIsThereAndLastWhetherTheFunctionsAreWell() {
    assertThat(full().titles())
        .containsExactly(
            "Sessions that live, by their state",
            "Whose sessions live, by owner",
            "Sessions that live, all together",
            "Dollars an hour that are paid while nobody works",
            "Minutes that the longest idle and the longest busy session have been so",
            "Dollars of what ended in each hour, by owner",
            "Sessions that were started, failed and ended",
            "Seconds until a session could be used, for the median and the slowest tenth",
            "Dollars of what ended in each hour, all together",
            "vCPU that all EMR Serverless of the account uses, against its quota",
            "vCPU that the application has, against its limit",
            "Memory that the application has, against its limit",
            "Workers in use that the warm pool had, and that had to be waited for",
            "Workers of the warm pool that wait, and cost money",
            "Workers that are there, in use, and waited for",
            "Addresses that are free in each subnet; a worker takes one",
            "Disk that the application has, against its limit",
            "Job runs that run, and that failed",
            "Invocations of the functions that watch, which never are none",
            "Errors of the functions that watch, which have an alarm each",
            "Milliseconds that a look takes, for the slowest tenth",
            "Sessions, job runs and applications that a sweep failed at, or did not reach");
  }

  @Test
  void hasOnlyMetricsOfAwsWithDimensionsThatAreDocumentedTogether() {
    assertThat(full().metrics())
        .filteredOn(metric -> metric.namespace().startsWith("AWS/"))
        .hasSizeGreaterThan(20)
        .isSubsetOf(DocumentedMetrics.ofAws());
  }

  @Test
  void hasOnlyMetricsOfOursThatFunctionsWrite() {
    assertThat(full().metrics())
        .filteredOn(metric -> !metric.namespace().startsWith("AWS/"))
        .hasSizeGreaterThan(15)
        .isSubsetOf(DocumentedMetrics.ours());
  }

  @Test
  void asksForNoMathThatTheSandboxDoesNotKnow() {
    assertThat(full().expressions()).hasSizeGreaterThan(10).allMatch(MATH.asMatchPredicate());
  }

  @Test
  void isFreeOfChargeAsOneOfThree() {
    // CloudWatch counts what is hidden too; a search counts for what it finds.
    assertThat(new HashSet<>(full().metrics())).hasSizeLessThan(50);
  }

  @Test
  void hasNoTwoMetricsOfOneIdInAWidget() {
    for (JsonNode widget : full().body().get("widgets")) {
      List<String> ids =
          widget.at("/properties/metrics").findValuesAsText("id").stream()
              .filter(id -> !id.isEmpty())
              .toList();
      assertThat(ids).doesNotHaveDuplicates();
    }
  }

  @Test
  void fillsEachRowOfThePage() {
    assertThat(full().widths().values()).allMatch(width -> width == Widgets.COLUMNS);
  }

  @Test
  void fillsEachRowWithoutAMonitorAndAReaperToo() {
    SparkConnectDashboard.Builder.create(stack, "Dashboard")
        .application(watching.application())
        .guard(SessionGuard.Builder.create(stack, "Guard").watch(watching.application()).build())
        .build();

    assertThat(Shown.of(stack).widths().values()).allMatch(width -> width == Widgets.COLUMNS);
  }

  @Test
  void isNamedByTheStackTheRegionAndThePath() {
    Stack here = new Stack(new App(), "Here", in("eu-west-1"));
    watching(here, "Platform");
    watching(here, "Plát form");

    assertThat(Template.fromStack(here).findResources("AWS::CloudWatch::Dashboard").values())
        .extracting(dashboard -> ((Map<?, ?>) dashboard.get("Properties")).get("DashboardName"))
        .satisfiesExactlyInAnyOrder(
            name -> assertThat(name).isEqualTo("Here-eu-west-1-Platform_Dashboard"),
            name -> assertThat(name).asString().matches("Here-eu-west-1-[A-Za-z0-9]+"));
  }

  private static void watching(Stack stack, String platform) {
    Construct scope = new Construct(stack, platform);
    SparkConnectDashboard.Builder.create(scope, "Dashboard")
        .application(
            EmrServerlessApplication.fromApplicationAttributes(
                scope,
                "Application",
                EmrServerlessApplicationAttributes.builder()
                    .applicationId("00f1cb5c6anuij25")
                    .applicationName("spark")
                    .build()))
        .build();
  }

  private static StackProps in(String region) {
    return StackProps.builder()
        .env(Environment.builder().account("111122223333").region(region).build())
        .build();
  }

  @Test
  void leadsToThePageOnOperations() {
    watching
        .fully(SparkConnectDashboard.Builder.create(stack, "Dashboard"))
        .runbook("https://wiki.example.com/spark")
        .build();

    assertThat(Shown.of(stack).markdown())
        .startsWith("# Spark Connect on application 00f1cb5c6anuij25\n")
        .contains(
            "[the page on operations](https://wiki.example.com/spark)",
            "[BusyTooLong](https://wiki.example.com/spark#busytoolong)",
            "#logsV2:logs-insights")
        .doesNotContain("no session monitor");
  }

  @Test
  void hasWithoutAMonitorOnlyWhatAwsEmitsAndSaysSo() {
    SparkConnectDashboard.Builder.create(stack, "Dashboard")
        .application(watching.application())
        .build();

    Shown shown = Shown.of(stack);
    assertThat(shown.markdown()).contains("**There is no session monitor**");
    assertThat(shown.metrics()).allMatch(metric -> metric.namespace().startsWith("AWS/"));
    assertThat(shown.titles()).hasSize(8);
  }

  @Test
  void showsZeroWhereNobodyIsThereButNotOfHowLongStartsTake() {
    Shown shown = full();

    assertThat(
            shown
                .widget("Sessions that live, by their state")
                .at("/properties/metrics")
                .findValuesAsText("expression"))
        .containsExactly(
            "FILL(sessionsStarting, 0)",
            "FILL(sessionsReady, 0)",
            "FILL(sessionsBusy, 0)",
            "FILL(sessionsIdle, 0)");
    assertThat(
            shown
                .widget(
                    "Seconds until a session could be used, for the median and the slowest tenth")
                .at("/properties/metrics")
                .findValuesAsText("expression"))
        .isEmpty();
  }

  @Test
  void needsTheNameOfTheApplication() {
    IEmrServerlessApplication nameless =
        EmrServerlessApplication.fromApplicationId(stack, "Nameless", "00a");

    assertThatThrownBy(
            () ->
                SparkConnectDashboard.Builder.create(stack, "Dashboard")
                    .application(nameless)
                    .build())
        .hasMessage(
            "Default/Nameless: metric needs the name of the application, by which CloudWatch finds"
                + " it; import it with EmrServerlessApplicationAttributes.applicationName");
  }

  @Test
  void needsAnApplication() {
    assertThatThrownBy(() -> SparkConnectDashboard.Builder.create(stack, "Dashboard").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Dashboard: application received nothing, but takes what is looked at; call"
                + " application(application)");
  }

  @Test
  void refusesAnApplicationOfAnotherRegion() {
    Stack here =
        new Stack(
            new App(),
            "Here",
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                .build());
    IEmrServerlessApplication there =
        EmrServerlessApplication.fromApplicationAttributes(
            here,
            "There",
            EmrServerlessApplicationAttributes.builder()
                .applicationId("00a")
                .applicationName("spark")
                .region("eu-central-1")
                .build());

    assertThatThrownBy(
            () ->
                SparkConnectDashboard.Builder.create(here, "Dashboard").application(there).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Here/Dashboard: application received Here/There of 111122223333/eu-central-1, but"
                + " takes one of its own account and Region, 111122223333/eu-west-1; look at it"
                + " from a stack there");
  }

  @Test
  void standsInStacksOfStrangers() {
    App app = new App();
    Stage stage = new Stage(app, "Stage");
    Stack data = new Stack(stage, "Data");
    Stack watch = new Stack(stage, "Watch");
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(data, "Application").build();
    SparkConnectDashboard.Builder.create(watch, "Dashboard").application(application).build();
    NestedStack nested = new NestedStack(watch, "Nested");
    SparkConnectDashboard.Builder.create(nested, "Dashboard").application(application).build();

    stage.synth();

    assertThat(Synth.errors(watch)).isEmpty();
    Template.fromStack(watch).resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    Template.fromStack(nested).resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    Set<?> exported = Template.fromStack(data).findOutputs("*", Map.of()).keySet();
    assertThat(exported).hasSizeLessThanOrEqualTo(2);
  }
}
