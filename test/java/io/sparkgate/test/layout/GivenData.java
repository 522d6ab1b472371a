package io.sparkgate.test.layout;

import io.sparkgate.data.Catalog;
import io.sparkgate.jobs.ResultsBucket;
import io.sparkgate.serverless.LogBucket;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.Key;

/** A warehouse with a key of its own, tables in it, and a bucket for the results of jobs. */
final class GivenData {

  private GivenData() {}

  static void to(Order order) {
    Key key = Key.Builder.create(order.room, "LakeKey").enableKeyRotation(true).build();
    LogBucket lake = LogBucket.Builder.create(order.room, "Lake").encryptionKey(key).build();
    Catalog tables = Catalog.icebergOnGlue("lake", lake.getBucket(), "warehouse");
    order.platform.catalog(tables);
    order.then(
        platform -> {
          IRole runs = platform.getExecutionRole();
          lake.getBucket().grantRead(runs);
          tables.grantWrite(runs, "sales");
          order.expect(runs, "Allow s3:GetObject*", "Allow glue:UpdateTable");
        });
    ResultsBucket results = ResultsBucket.Builder.create(order.room, "Results").build();
    order.then(platform -> results.grantWrite(platform.getExecutionRole()));
  }
}
