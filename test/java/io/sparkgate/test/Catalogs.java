package io.sparkgate.test;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.data.Catalog;
import io.sparkgate.data.HiveMetastore;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;

/**
 * Every catalog in one stack, with every grant: an application with all that go together, and one
 * for each of the others.
 */
final class Catalogs {

  static final String STACK = "Catalogs";

  private Catalogs() {}

  static Synthesized synthesize(Path directory) {
    app(directory).synth();
    return new Synthesized(directory);
  }

  static App app(Path directory) {
    App app =
        new App(AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
    Stack stack = new Stack(app, STACK);
    Catalog delta = Catalog.deltaOnGlue().ofAccount("444455556666");
    Catalog lake =
        Catalog.icebergOnGlue("lake", Bucket.fromBucketName(stack, "Lake", "my-lake"), "warehouse")
            .asDefault();
    Catalog tables =
        Catalog.s3Tables(
            "tables",
            "arn:%s:s3tables:%s:%s:bucket/tables"
                .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount()));
    Catalog redshift = Catalog.redshift("redshift", "warehouse/dev");
    IRole role = SessionExecutionRole.Builder.create(stack, "Role").build().getRole();
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network")
            .serviceEndpoints(delta.endpoints().toArray(PrivateEndpoint[]::new))
            .serviceEndpoints(redshift.endpoints().toArray(PrivateEndpoint[]::new))
            .build();
    with(stack, "Together", network, delta, lake, tables, redshift).grantRun(role);
    delta.grantRead(role, "raw");
    delta.grantWrite(role, "sales", "orders*", "customers");
    lake.grantAdmin(role, "scratch");
    tables.grantAdmin(role, "events");
    tables.grantWrite(role, "sales", "orders*");
    redshift.grantRead(role, "public");
    Key key = Key.Builder.create(stack, "Key").enableKeyRotation(true).build();
    Catalog metastore =
        Catalog.hiveMetastore(
            HiveMetastore.jdbc(
                "jdbc:mariadb://metastore.example.com:3306/hive",
                Secret.Builder.create(stack, "User").encryptionKey(key).build(),
                Secret.Builder.create(stack, "Password").encryptionKey(key).build(),
                "org.mariadb.jdbc.Driver",
                Bucket.fromBucketName(stack, "Jars", "my-jars"),
                "mariadb.jar"));
    with(stack, "Glue", network, Catalog.glue()).grantRun(role);
    with(stack, "Hudi", network, Catalog.hudi()).grantRun(role);
    with(stack, "Jdbc", network, metastore).grantRun(role);
    with(
        stack,
        "Thrift",
        network,
        Catalog.hiveMetastore(HiveMetastore.thrift("thrift://10.0.1.2:9083")));
    return app;
  }

  private static EmrServerlessApplication with(
      Stack stack, String id, SparkConnectNetwork network, Catalog... catalogs) {
    EmrServerlessApplication.Builder application =
        EmrServerlessApplication.Builder.create(stack, id)
            .vpc(network.getVpc(), network.getSubnets())
            .securityGroups(List.of(network.getSecurityGroup()));
    List.of(catalogs).forEach(application::with);
    return application.build();
  }
}
