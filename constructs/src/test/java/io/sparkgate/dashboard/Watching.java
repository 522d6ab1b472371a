package io.sparkgate.dashboard;

import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.EmrServerlessApplicationAttributes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Subnet;

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
    List<ISubnet> subnets =
        List.of(
            Subnet.fromSubnetId(stack, "SubnetA", "subnet-0a"),
            Subnet.fromSubnetId(stack, "SubnetB", "subnet-0b"));
    return builder
        .application(application)
        .reaper(IdleSessionReaper.Builder.create(stack, "Reaper").watch(application).build())
        .guard(SessionGuard.Builder.create(stack, "Guard").watch(application).build())
        .takeoverAlarm(TakeoverAlarm.Builder.create(stack, "Takeover").watch(application).build())
        .monitor(
            SessionMonitor.Builder.create(stack, "Monitor")
                .watch(application)
                .subnets(subnets)
                .withoutUsage()
                .build())
        .subnets(subnets);
  }
}
