package io.sparkgate.test.layout;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.jobs.EmrServerlessStartJobRun;
import io.sparkgate.jobs.ScheduledJobRun;
import io.sparkgate.jobs.SparkJob;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** A job that a schedule and a state machine start. */
final class StartedJobs {

  private StartedJobs() {}

  static void in(Order order, SparkConnectPlatform platform) {
    SparkJob job = SparkJob.batch("s3://jobs/sales.py").build();
    ScheduledJobRun nightly =
        ScheduledJobRun.Builder.create(order.room, "Nightly")
            .application(platform.getApplication())
            .executionRole(platform.getExecutionRole())
            .job(job)
            .schedule(ScheduleExpression.rate(Duration.days(1)))
            .build();
    EmrServerlessStartJobRun task =
        EmrServerlessStartJobRun.Builder.create(order.room, "Run")
            .application(platform.getApplication())
            .executionRole(platform.getExecutionRole())
            .job(job)
            .build();
    StateMachine machine =
        StateMachine.Builder.create(order.room, "Machine")
            .definitionBody(DefinitionBody.fromChainable(task))
            .build();
    order.expect(
        nightly.getRole(),
        "Allow emr-serverless:StartJobRun",
        "Allow iam:PassRole",
        "Allow sqs:SendMessage");
    order.expect(
        machine.getRole(),
        "Allow emr-serverless:StartJobRun",
        "Allow emr-serverless:CancelJobRun",
        "Allow iam:PassRole",
        "Allow events:PutRule");
  }
}
