package io.sparkgate.dashboard;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.EmrServerlessApplicationAttributes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;

/** An application that is imported by its id and name, and what watches it. */
record Watching(Stack stack, IEmrServerlessApplication application) {

  static Watching in(Stack stack) {
    return new Watching(
        stack,
        EmrServerlessApplication.fromApplicationAttributes(
            stack,
            "Application",
            EmrServerlessApplicationAttributes.builder()
                .applicationId("00f1cb5c6anuij25")
                .applicationName("spark")
                .build()));
  }

  /** All that watches. */
  <B extends ObservedSetters<B>> B fully(B builder) {
    return monitored(
            builder
                .reaper(
                    IdleSessionReaper.Builder.create(stack, "Reaper").watch(application).build())
                .guard(SessionGuard.Builder.create(stack, "Guard").watch(application).build())
                .takeoverAlarm(
                    TakeoverAlarm.Builder.create(stack, "Takeover").watch(application).build()))
        .subnets(
            List.of(
                Subnet.fromSubnetId(stack, "SubnetA", "subnet-0a"),
                Subnet.fromSubnetId(stack, "SubnetB", "subnet-0b")));
  }

  <B extends ObservedSetters<B>> B monitored(B builder) {
    return builder
        .application(application)
        .monitor(
            List.of(
                Function.Builder.create(stack, "Monitor")
                    .runtime(Runtime.PYTHON_3_13)
                    .handler("index.handler")
                    .code(Code.fromInline("pass"))
                    .logGroup(LogGroup.Builder.create(stack, "MonitorLogs").build())
                    .build()),
            Duration.minutes(5));
  }
}
