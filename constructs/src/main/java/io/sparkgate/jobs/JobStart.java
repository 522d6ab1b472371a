package io.sparkgate.jobs;

import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.JobPermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.serverless.Logs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** A job on an application, as a machine starts it. */
record JobStart(IEmrServerlessApplication application, IRole executionRole, SparkJob job) {

  /** What a builder must be told, before there is a construct that could say so. */
  static <T> T required(
      Construct scope, String id, String property, String what, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: %s received nothing, but takes %s; call %2$s(…)"
              .formatted(
                  String.join("/", scope.getNode().getPath(), id).replaceFirst("^/", ""),
                  property,
                  what));
    }
    return value;
  }

  /** Takes what a builder was told. */
  static JobStart of(
      Construct scope,
      String id,
      @Nullable IEmrServerlessApplication application,
      @Nullable IRole executionRole,
      @Nullable SparkJob job) {
    return new JobStart(
        required(scope, id, "application", "the application that runs the job", application),
        required(scope, id, "executionRole", "the role that the run acts as", executionRole),
        required(scope, id, "job", "what is started, such as SparkJob.batch(…)", job));
  }

  /** Fails if it cannot run, and lets the execution role do what it needs for the run. */
  void prepare(Construct starter) {
    application.checkJob(starter, executionRole, job.traits());
    if (application instanceof EmrServerlessApplication made) {
      made.grantRun(executionRole);
    }
    job.files().ifPresent(files -> files.grantRead(executionRole));
    job.traits().logs().ifPresent(logs -> logs.grantWrite(executionRole, application));
  }

  /**
   * The whole request.
   *
   * @param owner the value of the owner's tag
   */
  Map<String, Object> request(String owner) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("ApplicationId", application.getApplicationId());
    request.put("ExecutionRoleArn", executionRole.getRoleArn());
    request.putAll(job.request());
    Map<String, Object> tags = new LinkedHashMap<>();
    tags.put(JobLimits.OWNER, owner);
    tags.putAll(job.tags());
    request.put("Tags", tags);
    return request;
  }

  /** What the machine's role must be allowed; to wait is to look and, when stopped, to cancel. */
  List<PolicyStatement> needed(Construct starter, boolean waits) {
    ApplicationArn arn = new ApplicationArn(application.getApplicationArn());
    List<Statement> statements =
        new ArrayList<>(
            JobPermissions.starting(
                arn, executionRole.getRoleArn(), List.copyOf(job.tags().keySet())));
    Stream.concat(
            application.getLogKeyArn().stream(),
            job.traits().logs().flatMap(Logs::getEncryptionKeyArn).stream())
        .distinct()
        .map(JobPermissions::usingKey)
        .forEach(statements::add);
    if (waits) {
      statements.addAll(JobPermissions.waiting(arn, Stack.of(starter)));
    }
    return statements.stream().map(Statement::toPolicyStatement).toList();
  }
}
