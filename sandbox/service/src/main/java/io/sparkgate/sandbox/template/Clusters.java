package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import io.sparkgate.sandbox.template.ClusterBlueprint.InstallStep;
import io.sparkgate.sandbox.template.ClusterBlueprint.SessionDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds the cluster of a template that serves Spark Connect, and what leads to it. */
final class Clusters {

  static final String CLUSTER = "AWS::EMR::Cluster";

  /** What EMR tags every instance with. */
  private static final String OF_CLUSTER = "aws:elasticmapreduce:job-flow-id";

  private static final String OF_GROUP = "aws:elasticmapreduce:instance-group-role";

  private final Template template;
  private final Resolver resolver;
  private final Consumer<String> remarks;

  Clusters(Template template, Resolver resolver, Consumer<String> remarks) {
    this.template = template;
    this.resolver = resolver;
    this.remarks = remarks;
  }

  /**
   * The cluster, if there is one.
   *
   * @param parameters those of Parameter Store by their names
   * @param spare whether there is something else to play, so that a cluster that cannot be played
   *     is only remarked upon
   */
  Optional<ClusterBlueprint> read(Map<String, Parameter> parameters, boolean spare)
      throws BadInput {
    List<String> ids = template.ofType(CLUSTER);
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (ids.size() > 1) {
        throw template.problem(
            "deploys several clusters: %s; the sandbox plays one, so put each in its own stack",
            String.join(", ", ids));
      }
      return Optional.of(read(ids.get(0), parameters));
    } catch (BadInput e) {
      if (!spare) {
        throw e;
      }
      remarks.accept("the cluster is not played: " + e.getMessage());
      return Optional.empty();
    }
  }

  private ClusterBlueprint read(String cluster, Map<String, Parameter> parameters) throws BadInput {
    String id = resolver.references().ref(cluster).asText();
    InstallStep install = new InstallSteps(template, resolver).find(cluster, id);
    JsonNode idle = resolver.property(cluster, "AutoTerminationPolicy").path("IdleTimeout");
    return new ClusterBlueprint(
        id,
        primaryInstance(cluster),
        resolver.property(cluster, "ReleaseLabel").asText(),
        tags(cluster, id),
        nodeRole(cluster),
        idle.isMissingNode() ? Optional.empty() : Optional.of(Duration.ofSeconds(idle.asLong())),
        install,
        new ClusterEndpoints(template, resolver, remarks).find(cluster, id, install, parameters),
        tunnel(install));
  }

  private String primaryInstance(String cluster) throws BadInput {
    List<String> servers = template.ofType("Custom::SparkgateServer");
    return resolver
        .references()
        .attribute(servers.isEmpty() ? cluster : servers.get(0), "PrimaryInstanceId")
        .asText();
  }

  private Map<String, String> tags(String cluster, String id) throws BadInput {
    Map<String, String> tags = new TreeMap<>(Map.of(OF_CLUSTER, id, OF_GROUP, "MASTER"));
    for (JsonNode tag : resolver.property(cluster, "Tags")) {
      tags.put(tag.path("Key").asText(), tag.path("Value").asText());
    }
    return tags;
  }

  /** By way of the instance profile. */
  private String nodeRole(String cluster) throws BadInput {
    String profile = resolver.property(cluster, "JobFlowRole").asText();
    for (String id : template.ofType("AWS::IAM::InstanceProfile")) {
      boolean ours =
          profile.equals(resolver.references().ref(id).asText())
              || profile.equals(resolver.references().arn(id));
      if (ours) {
        String name = resolver.property(id, "Roles").path(0).asText();
        for (String role : template.ofType("AWS::IAM::Role")) {
          if (resolver.references().ref(role).asText().equals(name)) {
            return resolver.references().arn(role);
          }
        }
      }
    }
    remarks.accept(
        "the role of the cluster's nodes is not in the template; queries may read nothing of S3");
    return "";
  }

  private Optional<SessionDocument> tunnel(InstallStep install) throws BadInput {
    int port = Integer.parseInt(install.option("--port").orElse("0"));
    for (String id : template.ofType("AWS::SSM::Document")) {
      JsonNode content = resolver.property(id, "Content");
      JsonNode to = content.at("/properties/portNumber");
      if (content.path("sessionType").asText().equals("Port") && to.asInt() == port) {
        String name = resolver.references().ref(id).asText();
        return Optional.of(new SessionDocument(name, resolver.references().arn(id), port));
      }
    }
    return Optional.empty();
  }
}
