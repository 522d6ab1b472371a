package io.sparkgate.test;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.cluster.Authentication;
import io.sparkgate.cluster.ClusterCapacity;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.connection.ConnectionParameters;
import io.sparkgate.data.Catalog;
import io.sparkgate.lifecycle.StopPolicy;
import io.sparkgate.monitor.OwnerLimits;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ITrustStore;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** The Java of README.md and of pages in docs, compiled and synthesized. */
final class ReadmeExamples {

  private ReadmeExamples() {}

  static final class FiveLines extends Stack {
    FiveLines(Construct scope, IBucket lake, IGrantable dataScientists) {
      super(scope, "FiveLines");

      SparkConnectPlatform platform =
          SparkConnectPlatform.Builder.create(this, "SparkConnect")
              .idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(30)))
              .build();
      lake.grantRead(platform.getExecutionRole()); // what sessions may read
      platform.grantDevelop(dataScientists); // start sessions, and reach only their own
    }
  }

  static final class ReaperAlone extends Stack {
    ReaperAlone(Construct scope) {
      super(scope, "ReaperAlone");

      IdleSessionReaper.Builder.create(this, "Reaper")
          .watch(EmrServerlessApplication.fromApplicationId(this, "Existing", "00f1cb5c6anuij25"))
          .idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(45)).maxAge(Duration.hours(12)))
          .build();
    }
  }

  static final class TablesAndJobs extends Stack {
    TablesAndJobs(Construct scope, IBucket warehouse, IGrantable orchestrator) {
      super(scope, "TablesAndJobs");

      Catalog tables = Catalog.icebergOnGlue("lake", warehouse).asDefault();
      SparkConnectPlatform platform =
          SparkConnectPlatform.Builder.create(this, "SparkConnect").catalog(tables).build();
      tables.grantWrite(platform.getExecutionRole(), "sales", "orders*"); // what sessions may write
      platform.grantSubmit(orchestrator); // batch and streaming jobs of its own
    }
  }

  static final class SeeIt extends Stack {
    SeeIt(Construct scope, IGrantable finance, IGrantable onCall) {
      super(scope, "SeeIt");

      SparkConnectPlatform platform =
          SparkConnectPlatform.Builder.create(this, "SparkConnect")
              .monitoring(
                  monitor -> monitor.ownerLimits(OwnerLimits.none().atMost(3).dailyBudget(20)))
              .build(); // limits of owners are a dry run until enforce()
      platform.grantReadUsage(finance); // sparkgate bill
      platform.grantExplain(onCall); // sparkgate why
    }
  }

  static final class OneApplicationManyRoles extends Stack {
    OneApplicationManyRoles(
        Construct scope, IGrantable teamA, IRole roleOfTeamA, IGrantable teamB, IRole roleOfTeamB) {
      super(scope, "OneApplicationManyRoles");

      EmrServerlessApplication application =
          EmrServerlessApplication.Builder.create(this, "Application")
              .releaseLabel(ReleaseLabel.EMR_7_13_0)
              .warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16)))
              .build();
      application.grantDevelop(teamA, roleOfTeamA); // one application, a role for each team
      application.grantDevelop(teamB, roleOfTeamB, SessionOwner.sourceIdentity());
    }
  }

  static final class Drained extends Stack {
    Drained(Construct scope) {
      super(scope, "Drained");

      SparkConnectPlatform.Builder.create(this, "SparkConnect")
          .lifecycle(
              lifecycle ->
                  lifecycle
                      .onUpdate(StopPolicy.drain(Duration.minutes(30)))
                      .onDelete(StopPolicy.terminate()))
          .build();
    }
  }

  static final class BlueAndGreen extends Stack {
    BlueAndGreen(Construct scope, IGrantable dataScientists) {
      super(scope, "BlueAndGreen");

      SparkConnectNetwork network = SparkConnectNetwork.Builder.create(this, "Network").build();
      IRole sessions = SessionExecutionRole.Builder.create(this, "Sessions").build().getRole();
      SparkConnectPlatform blue =
          SparkConnectPlatform.Builder.create(this, "Blue")
              .network(network)
              .executionRole(sessions)
              .withoutConnectionParameters()
              .build();
      SparkConnectPlatform green =
          SparkConnectPlatform.Builder.create(this, "Green")
              .network(network)
              .executionRole(sessions)
              .withoutConnectionParameters()
              .application(application -> application.releaseLabel(ReleaseLabel.of("emr-7.14.0")))
              .build();
      green.grantDevelop(dataScientists);
      ConnectionParameters.Builder.create(this, "Connection")
          .application(green.getApplication()) // blue's until green has proved itself
          .executionRole(sessions)
          .build()
          .grantRead(dataScientists);
    }
  }

  static final class Private extends Stack {
    Private(Construct scope) {
      super(scope, "Private");

      SparkConnectNetwork network =
          SparkConnectNetwork.Builder.create(this, "Network")
              .privateMode(PrivateEndpoint.GLUE, PrivateEndpoint.SECRETS_MANAGER)
              .build();
      network.allowClients(Peer.ipv4("192.168.0.0/16")); // an office behind a VPN
    }
  }

  static final class OneCluster extends Stack {
    OneCluster(Construct scope, IBucket lake, IGrantable dataScientists) {
      super(scope, "OneCluster");

      SparkConnectCluster cluster = SparkConnectCluster.Builder.create(this, "Cluster").build();
      lake.grantRead(cluster.getNodeRole()); // what every query may read
      cluster.grantTunnel(dataScientists); // nothing else is exposed
    }
  }

  static final class ClusterWithEndpoint extends Stack {
    ClusterWithEndpoint(
        Construct scope, ICertificate certificate, IHostedZone zone, ITrustStore trustStore) {
      super(scope, "ClusterWithEndpoint");

      SparkConnectCluster cluster =
          SparkConnectCluster.Builder.create(this, "Cluster")
              .capacity(ClusterCapacity.upTo(8).spotTasks())
              .idleTermination(Duration.minutes(60))
              .build();
      SparkConnectEndpoint endpoint =
          SparkConnectEndpoint.Builder.create(this, "Endpoint")
              .cluster(cluster)
              .certificate(certificate)
              .domainName("spark.dev.example.com", zone)
              .authentication(Authentication.mutualTls(trustStore))
              .build();
      endpoint.allowClients(Peer.ipv4("10.20.0.0/16"));
    }
  }
}
