package io.sparkgate.app;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.codebuild.BuildEnvironment;
import software.amazon.awscdk.services.codebuild.BuildSpec;
import software.amazon.awscdk.services.codebuild.Cache;
import software.amazon.awscdk.services.codebuild.CloudWatchLoggingOptions;
import software.amazon.awscdk.services.codebuild.ComputeType;
import software.amazon.awscdk.services.codebuild.LinuxBuildImage;
import software.amazon.awscdk.services.codebuild.LocalCacheMode;
import software.amazon.awscdk.services.codebuild.LoggingOptions;
import software.amazon.awscdk.services.codebuild.PipelineProject;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;

/** The projects of a pipeline; those of one environment that deploy and test share a role. */
final class PipelineProjects {

  private final Stack stack;
  private final Map<String, IRole> roles = new TreeMap<>();

  PipelineProjects(Stack stack) {
    this.stack = stack;
  }

  PipelineProject build() {
    return project("Build", PipelineBuildSpec.build(), Duration.minutes(60))
        .environment(environment(ComputeType.MEDIUM))
        .cache(Cache.local(LocalCacheMode.CUSTOM))
        .build();
  }

  PipelineProject gate(String name, Destination destination) {
    String entered = entering(name, destination, PipelineRole.GATE);
    return project("Gate-" + name, PipelineBuildSpec.gate(entered + " gate"), Duration.minutes(15))
        .role(role(name, destination, PipelineRole.GATE))
        .build();
  }

  /** A drain may wait for 40 minutes. */
  PipelineProject deploy(String name, Destination destination) {
    String entered = entering(name, destination, PipelineRole.DEPLOY);
    return project(
            "Deploy-" + name, PipelineBuildSpec.deploy(entered + " deploy"), Duration.minutes(90))
        .role(role(name, destination, PipelineRole.DEPLOY))
        .build();
  }

  PipelineProject smoke(String name, Destination destination) {
    String entered = entering(name, destination, PipelineRole.DEPLOY);
    return project(
            "Smoke-" + name, PipelineBuildSpec.smoke(entered + " smoke"), Duration.minutes(15))
        .role(role(name, destination, PipelineRole.DEPLOY))
        .build();
  }

  private PipelineProject.Builder project(String id, BuildSpec spec, Duration timeout) {
    LogGroup log =
        LogGroup.Builder.create(stack, id + "Log")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    return PipelineProject.Builder.create(stack, id)
        .projectName("SparkgatePipeline-" + id)
        .buildSpec(spec)
        .timeout(timeout)
        .environment(environment(ComputeType.SMALL))
        .grantReportGroupPermissions(false)
        .logging(
            LoggingOptions.builder()
                .cloudWatch(CloudWatchLoggingOptions.builder().logGroup(log).build())
                .build());
  }

  private static BuildEnvironment environment(ComputeType size) {
    return BuildEnvironment.builder()
        .buildImage(LinuxBuildImage.AMAZON_LINUX_2023_5)
        .computeType(size)
        .build();
  }

  private String entering(String name, Destination destination, PipelineRole role) {
    return PipelineBuildSpec.entering(
        name, destination.region().orElse(stack.getRegion()), entry(name, destination, role));
  }

  private IRole role(String name, Destination destination, PipelineRole kind) {
    return roles.computeIfAbsent(
        kind.nameFor(name), roleName -> make(roleName, name, destination, kind));
  }

  private IRole make(String roleName, String name, Destination destination, PipelineRole kind) {
    Role role =
        Role.Builder.create(stack, roleName + "Role")
            .roleName(roleName)
            .assumedBy(new ServicePrincipal("codebuild.amazonaws.com"))
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("sts:AssumeRole"))
            .resources(List.of(entry(name, destination, kind)))
            .build());
    return role;
  }

  /** In the environment's account, or in the pipeline's where the environment names none. */
  private String entry(String name, Destination destination, PipelineRole role) {
    return "arn:%s:iam::%s:role/%s"
        .formatted(
            stack.getPartition(),
            destination.account().orElse(stack.getAccount()),
            role.entryTo(name));
  }
}
