package io.sparkgate.test.layout;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.dashboard.LogQueries;
import io.sparkgate.dashboard.SparkConnectAlarms;
import io.sparkgate.dashboard.SparkConnectDashboard;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.warm.WarmHours;
import io.sparkgate.warm.WorkingHours;

/** A dashboard, alarms, queries and warm hours that stand elsewhere than what they are about. */
final class GivenLooks {

  private GivenLooks() {}

  static void to(Order order) {
    WorkerSize size = WorkerSize.of(4, 16);
    order.platform.application(
        application ->
            application
                .warmPool(WarmPool.of(1, size, 2, size))
                .capacityLimit(CapacityLimit.of(32, 128, 640)));
    order.then(platform -> look(order, platform));
  }

  private static void look(Order order, SparkConnectPlatform platform) {
    var application = platform.getApplication();
    SparkConnectDashboard.Builder.create(order.room, "Dashboard")
        .application(application)
        .reaper(platform.getReaper())
        .guard(platform.getGuard())
        .build();
    SparkConnectAlarms.Builder.create(order.room, "Alarms").application(application).build();
    LogQueries.Builder.create(order.room, "Queries")
        .application(application)
        .reaper(platform.getReaper())
        .build();
    WarmHours hours =
        WarmHours.Builder.create(order.room, "WarmHours")
            .application(application)
            .hours(WorkingHours.of("Europe/Berlin", "08:00", "18:00"))
            .build();
    order.expect(
        hours.getFunction().getRole(),
        "Allow cloudformation:DescribeStacks",
        "Allow emr-serverless:StartApplication",
        "Allow emr-serverless:StopApplication");
  }
}
