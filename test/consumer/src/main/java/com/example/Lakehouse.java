package com.example;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.cluster.SparkConnectCluster;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;

/** An app of somebody else that takes the platform from one dependency. */
public final class Lakehouse {

  private Lakehouse() {}

  public static void main(String... args) {
    App app = new App(AppProps.builder().outdir(args[0]).build());
    Stack stack = new Stack(app, "Lakehouse");
    Bucket lake = new Bucket(stack, "Lake");

    SparkConnectPlatform platform =
        SparkConnectPlatform.Builder.create(stack, "SparkConnect").build();
    lake.grantRead(platform.getExecutionRole());
    SparkConnectCluster cluster =
        SparkConnectCluster.Builder.create(new Stack(app, "OnEc2"), "Cluster").build();
    lake.grantRead(cluster.getNodeRole());

    app.synth();
  }
}
