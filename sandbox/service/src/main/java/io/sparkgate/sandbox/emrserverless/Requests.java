package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Shape.Entries;
import io.sparkgate.sandbox.emrserverless.Shape.Items;
import io.sparkgate.sandbox.emrserverless.Shape.Structure;
import io.sparkgate.sandbox.emrserverless.Shape.Whole;

/** The inputs of the operations. */
final class Requests {

  /** What both CreateApplication and UpdateApplication take. */
  private static final Structure SETTINGS =
      Shape.structure()
          .with("clientToken", Shapes.CLIENT_TOKEN)
          .with("releaseLabel", Shapes.RELEASE_LABEL)
          .with("initialCapacity", Shapes.INITIAL_CAPACITY)
          .with("maximumCapacity", Shapes.MAXIMUM_CAPACITY)
          .with("autoStartConfiguration", Shape.structure().with("enabled", Shapes.FLAG))
          .with(
              "autoStopConfiguration",
              Shape.structure()
                  .with("enabled", Shapes.FLAG)
                  .with("idleTimeoutMinutes", new Whole(1, 10_080)))
          .with(
              "networkConfiguration",
              Shape.structure()
                  .with("subnetIds", new Items(networkId(), 0, 16))
                  .with("securityGroupIds", new Items(networkId(), 0, 5)))
          .with("architecture", Shapes.ARCHITECTURE)
          .with("imageConfiguration", image())
          .with(
              "workerTypeSpecifications",
              new Entries(
                  Shapes.workerType(),
                  Shape.structure().with("imageConfiguration", image()),
                  0,
                  10))
          .with("runtimeConfiguration", Shapes.RUNTIME_CONFIGURATION)
          .with("monitoringConfiguration", Monitoring.SHAPE)
          .with(
              "diskEncryptionConfiguration",
              Shape.structure()
                  .with(
                      "encryptionContext",
                      new Entries(Shapes.text(1, 128, ".*"), Shapes.text(1, 384, ".*"), 0, 8))
                  .with("encryptionKeyArn", Shapes.keyArn()))
          .with(
              "interactiveConfiguration",
              Shape.structure()
                  .with("studioEnabled", Shapes.FLAG)
                  .with("livyEndpointEnabled", Shapes.FLAG)
                  .with("sessionEnabled", Shapes.FLAG))
          .with(
              "schedulerConfiguration",
              Shape.structure()
                  .with("queueTimeoutMinutes", new Whole(15, 720))
                  .with("maxConcurrentRuns", new Whole(1, 1000)))
          .with(
              "identityCenterConfiguration",
              Shape.structure()
                  .with(
                      "identityCenterInstanceArn",
                      Shapes.text(
                          10,
                          1024,
                          "arn:(aws[a-zA-Z0-9-]*):sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}"))
                  .with("userBackgroundSessionsEnabled", Shapes.FLAG))
          .with(
              "jobLevelCostAllocationConfiguration",
              Shape.structure().with("enabled", Shapes.FLAG));

  static final Structure CREATE_APPLICATION =
      SETTINGS
          .with("name", Shapes.APPLICATION_NAME)
          .with("type", Shapes.ENGINE_TYPE)
          .with("tags", Shapes.TAGS)
          .requiring("releaseLabel", "type", "clientToken");

  static final Structure APPLICATION =
      Shape.structure().with("applicationId", Shapes.ID).requiring("applicationId");

  static final Structure UPDATE_APPLICATION =
      SETTINGS.with("applicationId", Shapes.ID).requiring("applicationId", "clientToken");

  static final Structure LIST_APPLICATIONS = paged(Shape.structure(), Shapes.APPLICATION_STATES);

  static final Structure START_SESSION =
      APPLICATION
          .with("clientToken", Shapes.CLIENT_TOKEN)
          .with("executionRoleArn", Shapes.IAM_ROLE_ARN)
          .with(
              "configurationOverrides",
              Shape.structure().with("runtimeConfiguration", Shapes.RUNTIME_CONFIGURATION))
          .with("tags", Shapes.TAGS)
          .with("idleTimeoutMinutes", Shapes.IDLE_TIMEOUT)
          .with("name", Shapes.STRING_256)
          .requiring("applicationId", "clientToken", "executionRoleArn");

  static final Structure SESSION =
      APPLICATION.with("sessionId", Shapes.ID).requiring("applicationId", "sessionId");

  static final Structure LIST_SESSIONS =
      paged(APPLICATION, Shapes.SESSION_STATES)
          .with("createdAtAfter", new Shape.Time())
          .with("createdAtBefore", new Shape.Time());

  static final Structure LIST_JOB_RUNS =
      paged(APPLICATION, Shapes.JOB_RUN_STATES)
          .with("createdAtAfter", new Shape.Time())
          .with("createdAtBefore", new Shape.Time())
          .with("mode", Shapes.JOB_RUN_MODE);

  static final Structure JOB_RUN =
      APPLICATION.with("jobRunId", Shapes.ID).requiring("applicationId", "jobRunId");

  static final Structure CANCEL_JOB_RUN =
      JOB_RUN.with("shutdownGracePeriodInSeconds", new Whole(15, 300));

  static final Structure GET_RESOURCE_DASHBOARD =
      APPLICATION
          .with("resourceId", Shapes.ID)
          .with("resourceType", Shapes.RESOURCE_TYPE)
          .requiring("applicationId", "resourceId", "resourceType");

  static final Structure LIST_TAGS =
      Shape.structure().with("resourceArn", Shapes.RESOURCE_ARN).requiring("resourceArn");

  static final Structure TAG = LIST_TAGS.with("tags", Shapes.TAGS).requiring("resourceArn", "tags");

  static final Structure UNTAG =
      LIST_TAGS.with("tagKeys", Shapes.TAG_KEYS).requiring("resourceArn", "tagKeys");

  private Requests() {}

  private static Structure paged(Structure base, Shape states) {
    return base.with("nextToken", Shapes.NEXT_TOKEN)
        .with("maxResults", Shapes.PAGE_SIZE)
        .with("states", states);
  }

  private static Shape networkId() {
    return Shapes.text(1, 32, "[-0-9a-zA-Z]+.*");
  }

  private static Structure image() {
    return Shape.structure()
        .with(
            "imageUri",
            Shapes.text(
                1,
                1024,
                "([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+).([a-z0-9._-]+)/"
                    + "((?:[a-z0-9]+(?:[-._][a-z0-9]+)*/)*[a-z0-9]+(?:[-._][a-z0-9]+)*)"
                    + "(?::([a-zA-Z0-9_]+[a-zA-Z0-9-._]*)|@(sha256:[0-9a-f]{64}))"));
  }
}
