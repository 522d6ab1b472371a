package io.sparkgate.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.constructs.Construct;

/** What each line of the dashboard is, and how it is drawn. */
class DashboardLinesTest {
  private final Stack stack = new Stack();
  private final Watching watching = Watching.in(stack);

  private SparkConnectDashboard full() {
    return watching.fully(SparkConnectDashboard.Builder.create(stack, "Dashboard")).build();
  }

  @Test
  void areThese() {
    full();

    assertThat(Shown.of(stack).lines())
        .isEqualTo(
            """
            Sessions that live, by their state
              starting: FILL(sessionsStarting, 0), Average 300
                of SessionsStarting, Maximum 300
              started and not used yet: FILL(sessionsReady, 0), Average 300
                of SessionsReady, Maximum 300
              busy: FILL(sessionsBusy, 0), Average 300
                of SessionsBusy, Maximum 300
              idle: FILL(sessionsIdle, 0), Average 300
                of SessionsIdle, Maximum 300
            Whose sessions live, by owner
              by owner: SEARCH('{Sparkgate,ApplicationId,Owner} MetricName="OwnerSessions" ApplicationId="00f1cb5c6anuij25"', 'Maximum', 300), Average 300
            Sessions that live, all together
              sessions that live: FILL(sessionsLive, 0), Average 300
                of SessionsLive, Maximum 300
            Dollars an hour that are paid while nobody works
              idle sessions: FILL(idleDollarsPerHour, 0), Average 300
                of IdleDollarsPerHour, Maximum 300
              warm pool: FILL(poolIdleDollarsPerHour, 0), Average 300
                of PoolIdleDollarsPerHour, Maximum 300
            Minutes that the longest idle and the longest busy session have been so
              longest idle: FILL(oldestIdleSeconds, 0) / 60, Average 300
                of OldestIdleSeconds, Maximum 300
              longest busy: FILL(longestBusySeconds, 0) / 60, Average 300
                of LongestBusySeconds, Maximum 300
            Dollars of what ended in each hour, by owner
              by owner: SEARCH('{Sparkgate,ApplicationId,Owner} MetricName="OwnerDollars" ApplicationId="00f1cb5c6anuij25"', 'Sum', 3600), Average 3600
            Sessions that were started, failed and ended
              started: FILL(sessionStarts, 0), Average 3600
                of SessionStarts, Sum 3600
              failed: FILL(sessionFailures, 0), Average 3600
                of SessionFailures, Sum 3600
              ended: FILL(sessionEnds, 0), Average 3600
                of SessionEnds, Sum 3600
            Seconds until a session could be used, for the median and the slowest tenth
              p50: ReadySeconds, p50 3600
              p90: ReadySeconds, p90 3600
            Dollars of what ended in each hour, all together
              dollars: FILL(dollars, 0), Average 3600
                of Dollars, Sum 3600
            vCPU that all EMR Serverless of the account uses, against its quota
              vCPU of the account: ResourceCount, Maximum 300
              quota: SERVICE_QUOTA(usage), Average 300
            vCPU that the application has, against its limit
              allocated: CPUAllocated, Average 300
              allowed: MaxCPUAllowed, Average 300
            Memory that the application has, against its limit
              allocated: MemoryAllocated, Average 300
              allowed: MaxMemoryAllowed, Average 300
            Workers in use that the warm pool had, and that had to be waited for
              pool: SEARCH('{AWS/EMRServerless,ApplicationId,ApplicationName,CapacityAllocationType,WorkerType} MetricName="RunningWorkerCount" CapacityAllocationType="PreInitCapacity" ApplicationId="00f1cb5c6anuij25"', 'Average', 300), Average 300
              on demand: SEARCH('{AWS/EMRServerless,ApplicationId,ApplicationName,CapacityAllocationType,WorkerType} MetricName="RunningWorkerCount" CapacityAllocationType="OnDemandCapacity" ApplicationId="00f1cb5c6anuij25"', 'Average', 300), Average 300
            Workers of the warm pool that wait, and cost money
              pool: SEARCH('{AWS/EMRServerless,ApplicationId,ApplicationName,CapacityAllocationType,WorkerType} MetricName="IdleWorkerCount" CapacityAllocationType="PreInitCapacity" ApplicationId="00f1cb5c6anuij25"', 'Average', 300), Average 300
            Workers that are there, in use, and waited for
              there: TotalWorkerCount, Average 300
              in use: RunningWorkerCount, Average 300
              waited for: PendingCreationWorkerCount, Average 300
            Addresses that are free in each subnet; a worker takes one
              subnet-0a: FreeAddresses, Minimum 300
              subnet-0b: FreeAddresses, Minimum 300
            Disk that the application has, against its limit
              allocated: StorageAllocated, Average 300
              allowed: MaxStorageAllowed, Average 300
            Job runs that run, and that failed
              running: RunningJobs, Maximum 300
              failed: FailedJobs, Sum 300
            Invocations of the functions that watch, which never are none
              reaper: Invocations, Sum 900
              guard: Invocations, Sum 900
              takeover: Invocations, Sum 900
              monitor: Invocations, Sum 900
            Errors of the functions that watch, which have an alarm each
              reaper: Errors, Sum 900
              guard: Errors, Sum 900
              takeover: Errors, Sum 900
              monitor: Errors, Sum 900
            Milliseconds that a look takes, for the slowest tenth
              reaper: Duration, p90 900
              guard: Duration, p90 900
              takeover: Duration, p90 900
              monitor: Duration, p90 900
            Sessions, job runs and applications that a sweep failed at, or did not reach
              Failed: Failed, Sum 300
              Left: Left, Maximum 300
            """);
  }

  @Test
  void areOfHalfADayAndBeginAtZero() {
    full();

    JsonNode body = Shown.of(stack).body();
    assertThat(body.get("start").asText()).isEqualTo("-PT12H");
    List<String> stacked = new ArrayList<>();
    for (JsonNode widget : body.get("widgets")) {
      JsonNode properties = widget.get("properties");
      if (properties.has("title")) {
        assertThat(properties.at("/yAxis/left/min").asInt(-1)).isZero();
        if (properties.path("stacked").asBoolean()) {
          stacked.add(properties.get("title").asText());
        }
      }
    }
    assertThat(stacked)
        .containsExactly(
            "Sessions that live, by their state",
            "Whose sessions live, by owner",
            "Dollars an hour that are paid while nobody works",
            "Dollars of what ended in each hour, by owner",
            "Workers in use that the warm pool had, and that had to be waited for",
            "Workers of the warm pool that wait, and cost money");
  }

  @Test
  void areAddedForATakeoverAlarmThatIsMadeLater() {
    SparkConnectDashboard made =
        SparkConnectDashboard.Builder.create(stack, "Dashboard")
            .application(watching.application())
            .build();
    made.addTakeoverAlarm(
        TakeoverAlarm.Builder.create(stack, "Takeover").watch(watching.application()).build());

    assertThat(Shown.of(stack).lines())
        .endsWith(
            """
            Endpoints of sessions that were fetched, and those perhaps by another
              endpoints fetched: Invocations, Sum 900
              perhaps by another: Errors, Sum 900
            """);
  }

  /** CloudWatch takes 255 characters, and two long paths may begin alike. */
  @Test
  void areOfADashboardWhoseNameIsNotTooLong() {
    Stack here =
        Stack.Builder.create(new App(), "Here")
            .stackName("x".repeat(128))
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build();
    SparkConnectDashboard.Builder.create(new Construct(here, "y".repeat(128)), "Dashboard")
        .application(Watching.in(here).application())
        .build();

    assertThat(Template.fromStack(here).findResources("AWS::CloudWatch::Dashboard").values())
        .singleElement()
        .extracting(dashboard -> ((Map<?, ?>) dashboard.get("Properties")).get("DashboardName"))
        .asString()
        .startsWith("eu-west-1-")
        .hasSizeLessThanOrEqualTo(255);
  }
}
