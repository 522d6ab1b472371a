package io.sparkgate.sandbox.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster of EMR on EC2 that serves Spark Connect, as far as the sandbox plays it.
 *
 * @param id made up, {@code j-…}
 * @param primaryInstanceId made up, {@code i-…}
 * @param releaseLabel for example {@code emr-7.13.0}
 * @param instanceTags those that EMR gives the instances: its own, and the cluster's
 * @param nodeRoleArn the role of the instances, as which queries act; empty if it is not in the
 *     template
 * @param autoTermination for how long the cluster may be idle before EMR ends it, if it says so
 * @param install the step that installs the server
 * @param endpoint the load balancer before the server, if there is one
 * @param tunnel the document by which Session Manager leads to the server, if there is one
 */
public record ClusterBlueprint(
    String id,
    String primaryInstanceId,
    String releaseLabel,
    Map<String, String> instanceTags,
    String nodeRoleArn,
    Optional<Duration> autoTermination,
    InstallStep install,
    Optional<Endpoint> endpoint,
    Optional<SessionDocument> tunnel) {

  /** How callers show the endpoint who they are. */
  public enum Authentication {
    /** By a certificate of the client's own. */
    MUTUAL_TLS,
    /** By a token that all share. */
    TOKEN
  }

  /**
   * The step that installs the server.
   *
   * @param command what it runs, a script that it fetches and the script's arguments, with
   *     references resolved
   * @param files those of the assembly that the arguments name, the script too, by their addresses,
   *     {@code s3://…}
   */
  public record InstallStep(String logicalId, List<String> command, Map<String, Path> files) {

    /** The value of an option, such as {@code --port}; the last of several. */
    public Optional<String> option(String name) {
      int at = command.lastIndexOf(name);
      return at >= 0 && at + 1 < command.size()
          ? Optional.of(command.get(at + 1))
          : Optional.empty();
    }

    /** The value that the script's {@code --conf} gives a setting of Spark; the last of several. */
    public Optional<String> conf(String name) {
      String prefix = name + "=";
      Optional<String> found = Optional.empty();
      for (int i = 0; i + 1 < command.size(); i++) {
        if (command.get(i).equals("--conf") && command.get(i + 1).startsWith(prefix)) {
          found = Optional.of(command.get(i + 1).substring(prefix.length()));
        }
      }
      return found;
    }
  }

  /**
   * The load balancer.
   *
   * @param host what clients call it
   * @param idleTimeout after so long without a message a call is cut
   */
  public record Endpoint(
      String host, int port, Duration idleTimeout, Authentication authentication) {}

  /**
   * A document of Session Manager that leads to one port.
   *
   * @param port of the server's machine
   */
  public record SessionDocument(String name, String arn, int port) {}
}
