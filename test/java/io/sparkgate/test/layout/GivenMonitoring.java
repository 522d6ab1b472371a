package io.sparkgate.test.layout;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.monitor.UsageStore;
import io.sparkgate.watch.TakeoverAlarm;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;

/** A monitor whose bucket, key, bus and topic are made elsewhere, and one that is itself. */
final class GivenMonitoring {

  private GivenMonitoring() {}

  static void to(Order order) {
    Key key = Key.Builder.create(order.room, "UsageKey").enableKeyRotation(true).build();
    Bucket bucket = Bucket.Builder.create(order.room, "Usage").encryptionKey(key).build();
    EventBus bus = EventBus.Builder.create(order.room, "Bus").build();
    Topic topic = Topic.Builder.create(order.room, "Warned").masterKey(key).build();
    UsageStore store =
        UsageStore.Builder.create(order.scope, "Store")
            .bucket(bucket)
            .parameterPrefix("/usage/" + order.scope.getNode().getAddr())
            .build();
    order.platform.eventBus(bus).monitoring(monitor -> monitor.usage(store));
    order.then(
        platform -> {
          SessionMonitor monitor = platform.getMonitor().orElseThrow();
          monitor.warnTo(topic);
          monitor.warnOwner("alice@example.com");
          IRole people =
              Role.Builder.create(order.room, "BillReader")
                  .assumedBy(new AccountRootPrincipal())
                  .build();
          platform.grantReadUsage(people);
          platform.grantExplain(people);
          order.expectIn(
              order.scope,
              "Allow s3:GetObject",
              "Allow glue:GetTable",
              "Allow logs:FilterLogEvents",
              "Allow ssm:GetParameter");
          order.expect(
              monitor.getFunctions().get(0).getRole(),
              "Allow s3:PutObject",
              "Allow kms:GenerateDataKey",
              "Allow events:PutEvents",
              "Allow ec2:DescribeSubnets");
          order.expect(
              platform.getReaper().getFunctions().get(0).getRole(), "Allow events:PutEvents");
        });
  }

  /** One in another stack than the application, with a store of its own. */
  static void elsewhere(Order order, SparkConnectPlatform platform) {
    SessionMonitor monitor =
        SessionMonitor.Builder.create(order.room, "Monitor")
            .watch(platform.getApplication())
            .idlePolicy(platform.getReaper().getIdlePolicy())
            .build();
    monitor.explainFrom(
        TakeoverAlarm.Builder.create(order.room, "Fetches")
            .watch(platform.getApplication())
            .build());
    order.expect(
        monitor.getFunctions().get(0).getRole(),
        "Allow emr-serverless:GetJobRun",
        "Allow s3:PutObject");
  }
}
