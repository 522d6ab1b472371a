package io.sparkgate.test;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.application.EmrServerlessApplication;
import io.sparkgate.application.ReleaseLabel;
import io.sparkgate.application.WarmPool;
import io.sparkgate.application.WorkerSize;
import io.sparkgate.reaper.IdlePolicy;
import io.sparkgate.reaper.IdleSessionReaper;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** The Java of README.md, compiled and synthesized. */
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
          .policy(IdlePolicy.terminateAfter(Duration.minutes(45)).maxAge(Duration.hours(12)))
          .build();
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
}
