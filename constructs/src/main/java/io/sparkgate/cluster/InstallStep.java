package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emr.CfnStep;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/**
 * The step that installs the server on the primary node: the script, and what it fetches. Whatever
 * changes of it brings a new step, and never a new cluster.
 */
final class InstallStep {

  static final int PORT = 15002;

  /**
   * A script on S3 cannot be run where it is, so this fetches it first: six times at most, because
   * what the node's role was just allowed counts only some time later.
   */
  private static final String FETCH_AND_RUN =
      "f=$(mktemp); for n in 1 2 3 4 5 6; do aws s3 cp --only-show-errors \"$1\" \"$f\""
          + " && shift && exec bash \"$f\" \"$@\"; sleep 10; done; exit 1";

  private final Construct scope;
  private final Asset script;
  private final Asset server;
  private final Asset plugin;
  private final List<String> sums;

  InstallStep(Construct scope, Findings findings, @Nullable Path givenServer) {
    this.scope = scope;
    Stack stack = Stack.of(scope);
    findings.errorIf(
        stack.getSynthesizer() instanceof BootstraplessSynthesizer,
        () ->
            """
        what the primary node runs are files to upload, and the synthesizer of stack %s takes \
        none; give the stack one that does, such as DefaultStackSynthesizer"""
                .formatted(stack.getNode().getPath()));
    Path serverFile = ServerFiles.server(findings, givenServer);
    script = asset("Script", ServerFiles.script());
    server = asset("Server", serverFile);
    plugin = asset("Plugin", ServerFiles.plugin());
    sums = List.of(ServerFiles.sha256(serverFile), ServerFiles.sha256(ServerFiles.plugin()));
  }

  /**
   * The ARNs of what the node fetches, and of nothing else in the bucket of the account's assets.
   */
  List<String> objects() {
    return List.of(script, server, plugin).stream()
        .map(asset -> asset.getBucket().arnForObjects(asset.getS3ObjectKey()))
        .toList();
  }

  /**
   * Adds the step.
   *
   * @param conf asked at synthesis, because the endpoint has its say, and comes after the cluster
   * @param secret the ARN of the token that callers must present
   */
  CfnStep on(
      String clusterId, Supplier<Map<String, String>> conf, Supplier<Optional<String>> secret) {
    return CfnStep.Builder.create(scope, "Install")
        .jobFlowId(clusterId)
        .name("Install Spark Connect")
        .actionOnFailure("CONTINUE")
        .hadoopJarStep(
            CfnStep.HadoopJarStepConfigProperty.builder()
                .jar("command-runner.jar")
                .args(Lazy.uncachedList(context -> arguments(conf.get(), secret.get())))
                .build())
        .build();
  }

  private List<String> arguments(Map<String, String> conf, Optional<String> secret) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                FETCH_AND_RUN,
                "install",
                script.getS3ObjectUrl(),
                "--port",
                Integer.toString(PORT),
                "--server",
                server.getS3ObjectUrl() + "#" + sums.get(0),
                "--jar",
                plugin.getS3ObjectUrl() + "#" + sums.get(1)));
    conf.forEach(
        (key, value) -> {
          arguments.add("--conf");
          arguments.add(key + "=" + value);
        });
    secret.ifPresent(
        arn -> {
          arguments.add("--secret");
          arguments.add(arn);
        });
    return arguments;
  }

  private Asset asset(String id, Path file) {
    return Asset.Builder.create(scope, id).path(file.toString()).build();
  }
}
