package io.sparkgate.sandbox;

import io.sparkgate.sandbox.cluster.ClusterSettings;
import io.sparkgate.sandbox.cluster.RunningCluster;
import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.s3.S3;
import io.sparkgate.sandbox.spark.ClientCertificates;
import io.sparkgate.sandbox.spark.ClusterDoor;
import io.sparkgate.sandbox.spark.WorkerPython;
import io.sparkgate.sandbox.ssm.Tunnels;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.ClusterBlueprint;
import io.sparkgate.sandbox.template.ClusterBlueprint.Authentication;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The template's cluster with all that leads to it. */
final class SandboxCluster implements AutoCloseable {
  private static final int TOKEN_BYTES = 24;

  private final Blueprint blueprint;
  private final ClusterBlueprint cluster;
  private final TemplateAccess access;
  private final S3 s3;
  private final Console console;
  private final Map<String, String> secrets;
  private Optional<ClientCertificates> clients = Optional.empty();
  private Optional<Tunnels> tunnels = Optional.empty();
  private Optional<Path> programs = Optional.empty();
  private Optional<ClusterDoor> door = Optional.empty();
  private @Nullable RunningCluster running;

  private SandboxCluster(
      Blueprint blueprint,
      ClusterBlueprint cluster,
      TemplateAccess access,
      S3 s3,
      Console console) {
    this.blueprint = blueprint;
    this.cluster = cluster;
    this.access = access;
    this.s3 = s3;
    this.console = console;
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    this.secrets =
        cluster
            .install()
            .option("--secret")
            .map(arn -> Map.of(arn, HexFormat.of().formatHex(token)))
            .orElse(Map.of());
  }

  static Optional<SandboxCluster> of(
      Blueprint blueprint, TemplateAccess access, S3 s3, Console console) {
    if (blueprint.cluster().isPresent() && !System.getProperty("os.name").equals("Linux")) {
      console.remark("the cluster is not played: the stand-ins of its commands need Linux");
      return Optional.empty();
    }
    return blueprint
        .cluster()
        .map(cluster -> new SandboxCluster(blueprint, cluster, access, s3, console));
  }

  /** Makes what others have to know before it starts. */
  void prepare(Options options, Path jdk, WorkerPython python, SandboxClock clock) throws BadInput {
    Path directory = options.work().resolve("cluster");
    Credentials node = access.issueExecution(cluster.nodeRoleArn(), cluster.primaryInstanceId());
    var settings =
        new ClusterSettings(
            cluster,
            directory,
            jdk,
            options.memory(),
            python,
            clock,
            () -> S3Conf.of(s3.endpoint(), s3.admit(node)),
            action -> access.denial(node.identity(), action),
            secrets);
    try {
      RunningCluster made = RunningCluster.of(settings, console);
      running = made;
      if (cluster.endpoint().isPresent()) {
        door = Optional.of(door(cluster.endpoint().get(), options, clock, made));
      }
      if (cluster.tunnel().isPresent()) {
        tunnels =
            Optional.of(
                Tunnels.start(
                    instance(cluster.tunnel().get().name()), made::isThere, made::server));
        programs = Optional.of(PluginFile.in(options.work().resolve("bin")));
      }
    } catch (IOException e) {
      throw new BadInput("the cluster cannot be played: %s".formatted(e.getMessage()));
    }
  }

  private ClusterDoor door(
      ClusterBlueprint.Endpoint endpoint, Options options, SandboxClock clock, RunningCluster made)
      throws IOException {
    if (endpoint.authentication() == Authentication.MUTUAL_TLS) {
      clients =
          Optional.of(
              ClientCertificates.in(
                  options.work().resolve("tls").resolve("clients"), Users.NAMES, Instant.now()));
    }
    return new ClusterDoor(
        endpoint.host(),
        endpoint.port(),
        clock.real(endpoint.idleTimeout()),
        clients,
        made::server,
        text -> console.news(cluster.id(), text));
  }

  private Tunnels.Instance instance(String document) {
    return new Tunnels.Instance(
        cluster.primaryInstanceId(), cluster.instanceTags(), document, blueprint.arn("%s", "%s"));
  }

  Optional<ClusterDoor> door() {
    return door;
  }

  Optional<Tunnels> tunnels() {
    return tunnels;
  }

  Optional<ClientCertificates> clients() {
    return clients;
  }

  /** A folder for the path of people, if they need one. */
  Optional<Path> programs() {
    return programs;
  }

  /** The values of secrets by their ARNs. */
  Map<String, String> secrets() {
    return secrets;
  }

  void start() {
    if (running != null) {
      running.start();
    }
  }

  @Override
  public void close() {
    tunnels.ifPresent(Tunnels::close);
    if (running != null) {
      running.close();
    }
  }
}
