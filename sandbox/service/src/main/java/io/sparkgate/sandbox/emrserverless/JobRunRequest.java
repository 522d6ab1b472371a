package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Shape.Items;
import io.sparkgate.sandbox.emrserverless.Shape.Structure;
import io.sparkgate.sandbox.emrserverless.Shape.Whole;

/**
 * The input of StartJobRun. Its texts are looked at for their length only: there is no Spark to
 * read them.
 */
final class JobRunRequest {

  private static final Shape TEXT = Shapes.text(1, 10_280, "(?s).*\\S.*");

  static final Structure SHAPE =
      Shape.structure()
          .with("applicationId", Shapes.ID)
          .with("clientToken", Shapes.CLIENT_TOKEN)
          .with("executionRoleArn", Shapes.IAM_ROLE_ARN)
          .with(
              "executionIamPolicy",
              Shape.structure().with("policy", TEXT).with("policyArns", new Items(TEXT, 0, 10)))
          .with(
              "jobDriver",
              Shape.structure()
                  .with(
                      "sparkSubmit",
                      Shape.structure()
                          .with("entryPoint", TEXT)
                          .with("entryPointArguments", new Items(TEXT, 0, Integer.MAX_VALUE))
                          .with("sparkSubmitParameters", Shapes.text(1, 102_400, "(?s).*\\S.*"))
                          .requiring("entryPoint"))
                  .with(
                      "hive",
                      Shape.structure()
                          .with("query", TEXT)
                          .with("initQueryFile", TEXT)
                          .with("parameters", Shapes.text(1, 102_400, "(?s).*\\S.*"))
                          .requiring("query")))
          .with(
              "configurationOverrides",
              Shape.structure()
                  .with("applicationConfiguration", Shapes.RUNTIME_CONFIGURATION)
                  .with("monitoringConfiguration", Monitoring.SHAPE))
          .with("tags", Shapes.TAGS)
          .with("executionTimeoutMinutes", new Whole(0, 1_000_000))
          .with("name", Shapes.STRING_256)
          .with("mode", Shapes.JOB_RUN_MODE)
          .with(
              "retryPolicy",
              Shape.structure()
                  .with("maxAttempts", new Whole(1, Integer.MAX_VALUE))
                  .with("maxFailedAttemptsPerHour", new Whole(1, Integer.MAX_VALUE)))
          .requiring("applicationId", "clientToken", "executionRoleArn");

  private JobRunRequest() {}
}
