package io.sparkgate.test;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.ApplicationType;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.Disk;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.JobQueue;
import io.sparkgate.serverless.LogBucket;
import io.sparkgate.serverless.LogDestination;
import io.sparkgate.serverless.Logs;
import io.sparkgate.serverless.PrometheusMetrics;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerImage;
import io.sparkgate.serverless.WorkerImages;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.DynamicAllocation;
import io.sparkgate.spark.InterWorkerTls;
import io.sparkgate.spark.JavaRuntime;
import io.sparkgate.spark.LakeFormation;
import io.sparkgate.spark.Log4j2;
import io.sparkgate.spark.PythonEnvironment;
import io.sparkgate.spark.RpcEncryption;
import io.sparkgate.spark.ServerlessStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.aps.CfnWorkspace;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.assets.Asset;

/** All that an application with sessions can have, and all that only one without can. */
final class AllFeatures {

  static final String WITH_SESSIONS = "FeaturesWithSessions";
  static final String WITHOUT_SESSIONS = "FeaturesWithoutSessions";

  private AllFeatures() {}

  static Synthesized synthesize(Path directory) {
    app(directory).synth();
    return new Synthesized(directory.resolve("cdk.out"));
  }

  static App app(Path directory) {
    App app =
        new App(
            AppProps.builder()
                .outdir(directory.resolve("cdk.out").toString())
                .analyticsReporting(false)
                .build());
    withSessions(stack(app, WITH_SESSIONS), directory);
    Stack batch = stack(app, WITHOUT_SESSIONS);
    lakeFormation(batch);
    hive(batch);
    return app;
  }

  private static void withSessions(Stack stack, Path directory) {
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network")
            .serviceEndpoints(PrivateEndpoint.of("aps-workspaces"), PrivateEndpoint.LOGS)
            .build();
    Key key = Key.Builder.create(stack, "Key").enableKeyRotation(true).build();
    LogBucket bucket = LogBucket.Builder.create(stack, "Logs").encryptionKey(key).build();
    Repository repository = Repository.Builder.create(stack, "Images").build();
    WorkerSize worker = WorkerSize.of(4, 16);
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "Application")
            .type(ApplicationType.spark().withLivy().withStudio())
            .architecture(CpuArchitecture.ARM64)
            .images(
                WorkerImages.of(
                    WorkerImage.fromRepository(repository, "driver-1"),
                    WorkerImage.fromRepository(repository, "executor-1")))
            .jobQueue(JobQueue.of(5, Duration.hours(1)))
            .warmPool(WarmPool.of(1, worker, 2, worker.withDisk(Disk.shuffleOptimized(500))))
            .capacityLimit(CapacityLimit.of(64, 256, 4000).withinQuota(64))
            .vpc(network.getVpc(), network.getSubnets())
            .securityGroups(List.of(network.getSecurityGroup()))
            .logs(
                Logs.managed()
                    .and(LogDestination.s3(bucket.getBucket()))
                    .and(LogDestination.cloudWatch(LogGroup.Builder.create(stack, "Group").build()))
                    .encryptionKey(key))
            .with(
                DynamicAllocation.between(1, 10)
                    .initially(2)
                    .idleAfter(Duration.minutes(2))
                    .batchSize(10)
                    .aligned())
            .with(JavaRuntime.corretto17())
            .with(PythonEnvironment.fromAsset(python(stack, directory)))
            .with(Log4j2.root(Log4j2.Level.WARN).driver("org.apache.spark", Log4j2.Level.INFO))
            .with(InterWorkerTls.on())
            .with(RpcEncryption.on())
            .with(PrometheusMetrics.to(CfnWorkspace.Builder.create(stack, "Metrics").build()))
            .build();
    // Nobody deploys this.
    Annotations.of(application)
        .acknowledgeWarning("@sparkgate/constructs:emptyRepository", "one stack for all");
    IRole executionRole =
        SessionExecutionRole.Builder.create(stack, "ExecutionRole").build().getRole();
    application.grantDevelop(
        DeveloperRole.Builder.create(stack, "Developers").build(), executionRole);
    application.grantLivy(people(stack, "Livy"), executionRole);
    application.grantStudio(people(stack, "Studio"), executionRole);
    application.grant(people(stack, "Submitters"), "emr-serverless:StartJobRun");
  }

  private static void lakeFormation(Stack stack) {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "Lake")
            .type(
                ApplicationType.spark()
                    .withoutSessions()
                    .withLivy()
                    .withTrustedIdentityPropagation(
                        "arn:aws:sso:::instance/ssoins-1234567890abcdef"))
            .with(LakeFormation.fineGrained())
            .build();
    EmrServerlessApplication.Builder.create(stack, "Batch")
        .type(ApplicationType.spark().withoutSessions())
        .with(LakeFormation.fineGrained())
        .with(ServerlessStorage.on())
        .build();
    IRole executionRole = SessionExecutionRole.Builder.create(stack, "LakeRole").build().getRole();
    application.grantRun(executionRole);
    application.grantLivy(people(stack, "LakeReaders"), executionRole);
  }

  private static void hive(Stack stack) {
    Bucket tables =
        Bucket.Builder.create(stack, "Tables")
            .enforceSsl(true)
            .serverAccessLogsPrefix("access/")
            .build();
    EmrServerlessApplication.Builder.create(stack, "Hive")
        .type(ApplicationType.hive(tables, tables))
        .warmPool(WarmPool.of(1, WorkerSize.of(2, 4), 1, WorkerSize.of(4, 8)))
        .build()
        .grantRun(SessionExecutionRole.Builder.create(stack, "HiveRole").build().getRole());
  }

  /** Whatever is in it: nothing unpacks it here. */
  private static Asset python(Stack stack, Path directory) {
    try {
      Path archive =
          Files.writeString(directory.resolve("environment.tgz"), "a Python environment");
      return Asset.Builder.create(stack, "Python").path(archive.toString()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Role people(Stack stack, String id) {
    return Role.Builder.create(stack, id).assumedBy(new AccountRootPrincipal()).build();
  }

  private static Stack stack(App app, String name) {
    return new Stack(
        app,
        name,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());
  }
}
