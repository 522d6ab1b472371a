package io.sparkgate.test;

import io.sparkgate.data.DataSource;
import io.sparkgate.data.SourceAccess;
import io.sparkgate.spark.Feature;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.Secret;

/** A stack with a role that may use every source of data, in every way. */
final class Sources {

  static final String STACK = "Sources";

  private static final String HERE = "eu-west-1:111122223333:";

  private Sources() {}

  static Synthesized synthesize(Path directory) {
    App app =
        new App(AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
    Stack stack =
        new Stack(
            app,
            STACK,
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("eu-west-1").build())
                .build());
    Role role =
        Role.Builder.create(stack, "Execution")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .build();
    all(stack).forEach(access -> access.grantTo(role));
    app.synth();
    return new Synthesized(directory);
  }

  /** By ARNs, so that a test can read them. */
  static List<? extends Feature> all(Stack stack) {
    IKey key = Key.fromKeyArn(stack, "Key", "arn:aws:kms:" + HERE + "key/0a1b");
    IBucket bucket = Bucket.fromBucketArn(stack, "Bucket", "arn:aws:s3:::sales");
    var table = Table.fromTableArn(stack, "Table", "arn:aws:dynamodb:" + HERE + "table/orders");
    var stream =
        DataSource.stream(
            Stream.fromStreamArn(stack, "Stream", "arn:aws:kinesis:" + HERE + "stream/clicks"));
    var kafka = DataSource.kafka("arn:aws:kafka:" + HERE + "cluster/events/0a1b-1", "orders");
    var hot =
        DataSource.directoryBucket("arn:aws:s3express:" + HERE + "bucket/hot--euw1-az1--x-s3");
    IRole role = Role.fromRoleArn(stack, "Role", "arn:aws:iam::444455556666:role/data");
    return List.<SourceAccess>of(
        DataSource.bucket(bucket).below("2026").read(),
        DataSource.bucket(bucket).encryptionKey(key).readWrite(),
        DataSource.s3Encryption(bucket, key),
        DataSource.secret(
            Secret.fromSecretCompleteArn(
                stack, "Secret", "arn:aws:secretsmanager:" + HERE + "secret:db-AbCdEf")),
        DataSource.table(table).readWrite(),
        stream.read(),
        stream.readAsConsumer("spark"),
        stream.write(),
        kafka.readWrite(),
        DataSource.redshiftCluster("warehouse", "dev", "spark")
            .tempDirectory(DataSource.bucket(bucket).below("redshift")),
        DataSource.redshiftWorkgroup("arn:aws:redshift-serverless:" + HERE + "workgroup/0a1b")
            .tempDirectory(DataSource.bucket(bucket).below("redshift")),
        hot.read(),
        hot.encryptionKey(key).readWrite(),
        DataSource.accessGrants(),
        DataSource.assumedRole(role));
  }
}
