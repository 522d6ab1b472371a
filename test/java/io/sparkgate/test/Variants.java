package io.sparkgate.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.jobs.EmrServerlessStartJobRun;
import io.sparkgate.jobs.ResultsBucket;
import io.sparkgate.jobs.ScheduledJobRun;
import io.sparkgate.jobs.SparkJob;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.monitor.UsageStore;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.LogBucket;
import io.sparkgate.serverless.LogDestination;
import io.sparkgate.serverless.Logs;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** Stacks in shapes that the app does not offer. */
final class Variants {

  private Variants() {}

  /** An application that logs to a bucket and a log group under one key, for two teams. */
  static Synthesized logging(Path directory) {
    App app = new App(AppProps.builder().outdir(directory.toString()).build());
    Stack stack = new Stack(app, "Logging");
    Key key = Key.Builder.create(stack, "Key").enableKeyRotation(true).build();
    LogBucket bucket = LogBucket.Builder.create(stack, "Bucket").encryptionKey(key).build();
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "Application")
            .logs(
                Logs.managed()
                    .and(LogDestination.s3(bucket.getBucket()))
                    .and(LogDestination.cloudWatch(LogGroup.Builder.create(stack, "Group").build()))
                    .encryptionKey(key))
            .build();
    for (String team : List.of("A", "B")) {
      application.grantDevelop(
          DeveloperRole.Builder.create(stack, "Team" + team).build(),
          SessionExecutionRole.Builder.create(stack, "RoleOf" + team).build().getRole());
    }
    app.synth();
    return new Synthesized(directory);
  }

  /** A job that a state machine and a schedule start, of an application that encrypts its logs. */
  static Synthesized jobs(Path directory) {
    App app = new App(AppProps.builder().outdir(directory.toString()).build());
    addJobs(app);
    app.synth();
    return new Synthesized(directory);
  }

  /** A monitor alone, of an imported application, that keeps and tells all it can. */
  static Synthesized monitored(Path directory) {
    App app = new App(AppProps.builder().outdir(directory.toString()).build());
    addMonitor(app);
    app.synth();
    return new Synthesized(directory);
  }

  static Stack addMonitor(App app) {
    Stack stack = new Stack(app, "Monitored");
    Key key = Key.Builder.create(stack, "Key").enableKeyRotation(true).build();
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "Application").build();
    EventBus bus = EventBus.Builder.create(stack, "Bus").build();
    SessionMonitor monitor =
        SessionMonitor.Builder.create(stack, "Monitor")
            .watch(application)
            .idlePolicy(IdlePolicy.standard())
            .usage(UsageStore.Builder.create(stack, "Usage").encryptionKey(key).build())
            .eventBus(bus)
            .build();
    monitor.explainFrom(
        IdleSessionReaper.Builder.create(stack, "Reaper").watch(application).eventBus(bus).build());
    monitor.warnTo(Topic.Builder.create(stack, "Warned").masterKey(key).enforceSsl(true).build());
    monitor.warnOwner("alice@example.com");
    Role people =
        Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();
    monitor.grantReadUsage(people);
    monitor.grantExplain(people);
    return stack;
  }

  static Stack addJobs(App app) {
    Stack stack = new Stack(app, "Jobs");
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "Application")
            .logs(
                Logs.managed()
                    .encryptionKey(
                        Key.Builder.create(stack, "Key").enableKeyRotation(true).build()))
            .build();
    IRole role = SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();
    Asset script =
        Asset.Builder.create(stack, "Script").path("../samples/wordcount/wordcount.py").build();
    SparkJob job = SparkJob.batch(script).tag("team", "red").build();
    ResultsBucket.Builder.create(stack, "Results").build().grantWrite(role);
    ScheduledJobRun.Builder.create(stack, "Nightly")
        .application(application)
        .executionRole(role)
        .job(job)
        .schedule(ScheduleExpression.rate(Duration.days(1)))
        .build();
    StateMachine.Builder.create(stack, "Machine")
        .definitionBody(
            DefinitionBody.fromChainable(
                EmrServerlessStartJobRun.Builder.create(stack, "Run")
                    .application(application)
                    .executionRole(role)
                    .job(job)
                    .build()))
        .build();
    return stack;
  }

  /** The same stack as if the lifecycle had never been thought of. */
  static Synthesized without(Synthesized assembly, Path directory) throws IOException {
    return changed(
        assembly,
        directory,
        resources -> {
          List<String> lifecycle = new ArrayList<>();
          resources.fieldNames().forEachRemaining(lifecycle::add);
          lifecycle.removeIf(id -> !id.startsWith("SparkConnectLifecycle"));
          resources.remove(lifecycle);
          application(resources).remove("DependsOn");
        });
  }

  /** Somebody gave the auditors all read actions, which IAM counts GetSessionEndpoint among. */
  static Synthesized withBroadReadsForAuditors(Synthesized assembly, Path directory)
      throws IOException {
    return changed(
        assembly,
        directory,
        resources -> {
          String role =
              resources.properties().stream()
                  .map(Map.Entry::getKey)
                  .filter(id -> id.matches("Auditor[0-9A-F]{8}"))
                  .findFirst()
                  .orElseThrow();
          ObjectNode properties =
              resources.putObject("Broad").put("Type", "AWS::IAM::Policy").putObject("Properties");
          properties.put("PolicyName", "Broad");
          properties.putArray("Roles").addObject().put("Ref", role);
          properties
              .putObject("PolicyDocument")
              .put("Version", "2012-10-17")
              .putArray("Statement")
              .addObject()
              .put("Effect", "Allow")
              .put("Action", "emr-serverless:Get*")
              .put("Resource", "*");
        });
  }

  /** The app offers no name; the construct does. */
  static Synthesized renamed(Synthesized assembly, Path directory) throws IOException {
    return changed(
        assembly,
        directory,
        resources -> {
          application(resources).withObject("/Properties").put("Name", "spark");
          hook(resources).withObject("/Properties").put("Fingerprint", "0".repeat(64));
        });
  }

  private static Synthesized changed(
      Synthesized assembly, Path directory, Consumer<ObjectNode> change) throws IOException {
    Files.createDirectory(directory);
    for (Path file : assembly.files().toList()) {
      Path copy = directory.resolve(assembly.directory().relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    ObjectNode template = assembly.template(DeployedStack.NAME).deepCopy();
    change.accept((ObjectNode) template.get("Resources"));
    Files.writeString(
        directory.resolve(DeployedStack.NAME + ".template.json"), template.toString());
    return new Synthesized(directory);
  }

  private static ObjectNode application(ObjectNode resources) {
    return ofType(resources, "AWS::EMRServerless::Application");
  }

  private static ObjectNode hook(ObjectNode resources) {
    return ofType(resources, "Custom::SparkgateBeforeUpdate");
  }

  private static ObjectNode ofType(ObjectNode resources, String type) {
    for (JsonNode resource : resources) {
      if (resource.get("Type").asText().equals(type)) {
        return (ObjectNode) resource;
      }
    }
    throw new AssertionError(type);
  }
}
