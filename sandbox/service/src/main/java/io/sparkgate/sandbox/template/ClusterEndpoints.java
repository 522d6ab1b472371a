package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import io.sparkgate.sandbox.template.ClusterBlueprint.Authentication;
import io.sparkgate.sandbox.template.ClusterBlueprint.Endpoint;
import io.sparkgate.sandbox.template.ClusterBlueprint.InstallStep;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the load balancer before a cluster's server. */
final class ClusterEndpoints {

  private static final String BALANCING = "AWS::ElasticLoadBalancingV2::";

  /** ELB's own, in seconds. */
  private static final int IDLE_SECONDS = 60;

  private final Template template;
  private final Resolver resolver;
  private final Consumer<String> remarks;

  ClusterEndpoints(Template template, Resolver resolver, Consumer<String> remarks) {
    this.template = template;
    this.resolver = resolver;
    this.remarks = remarks;
  }

  /** The listener whose target group speaks gRPC to the server's port. */
  Optional<Endpoint> find(
      String cluster, String clusterId, InstallStep install, Map<String, Parameter> parameters)
      throws BadInput {
    int serverPort = Integer.parseInt(install.option("--port").orElse("0"));
    for (String listener : template.ofType(BALANCING + "Listener")) {
      for (JsonNode action : resolver.property(listener, "DefaultActions")) {
        if (leadsTo(action.path("TargetGroupArn").asText(), serverPort)) {
          return Optional.of(endpoint(listener, cluster, clusterId, install, parameters));
        }
      }
    }
    return Optional.empty();
  }

  private boolean leadsTo(String targetGroupArn, int serverPort) throws BadInput {
    for (String id : template.ofType(BALANCING + "TargetGroup")) {
      if (resolver.references().arn(id).equals(targetGroupArn)) {
        return resolver.property(id, "ProtocolVersion").asText().equals("GRPC")
            && resolver.property(id, "Port").asInt() == serverPort;
      }
    }
    return false;
  }

  private Endpoint endpoint(
      String listener,
      String cluster,
      String clusterId,
      InstallStep install,
      Map<String, Parameter> parameters)
      throws BadInput {
    Authentication authentication = authentication(listener, cluster, install);
    int port = resolver.property(listener, "Port").asInt();
    String balancer = resolver.property(listener, "LoadBalancerArn").asText();
    Optional<String> told =
        parameters.entrySet().stream()
            .filter(parameter -> parameter.getKey().endsWith("/cluster-id"))
            .filter(parameter -> parameter.getValue().value().equals(clusterId))
            .map(parameter -> parameter.getKey().replaceFirst("/cluster-id$", "/endpoint"))
            .filter(parameters::containsKey)
            .map(parameters::get)
            .map(Parameter::value)
            .findFirst();
    String host = told.isPresent() ? told.get().replaceFirst(":\\d+$", "") : alias();
    if (host.isEmpty()) {
      host = balancerHost(balancer);
      remarks.accept(
          "no alias record and no parameter names the host of the cluster's endpoint; here it is %s, and on AWS its certificate must name it"
              .formatted(host));
    }
    return new Endpoint(host, port, idleTimeout(balancer), authentication);
  }

  private Authentication authentication(String listener, String cluster, InstallStep install)
      throws BadInput {
    String mode = resolver.property(listener, "MutualAuthentication").path("Mode").asText();
    if (mode.equals("verify")) {
      return Authentication.MUTUAL_TLS;
    }
    if (install.option("--secret").isPresent()) {
      return Authentication.TOKEN;
    }
    throw template.problem(
        "listener %s leads everybody to cluster %s: it verifies no client certificates (MutualAuthentication is '%s'), and the step asks for no token; the sandbox opens no such door",
        listener, cluster, mode.isEmpty() ? "off" : mode);
  }

  private String alias() throws BadInput {
    for (String record : template.ofType("AWS::Route53::RecordSet")) {
      if (!resolver.property(record, "AliasTarget").isMissingNode()) {
        return resolver.property(record, "Name").asText().replaceFirst("\\.$", "");
      }
    }
    return "";
  }

  private String balancerHost(String arn) throws BadInput {
    for (String id : template.ofType(BALANCING + "LoadBalancer")) {
      if (resolver.references().arn(id).equals(arn)) {
        return resolver.references().attribute(id, "DNSName").asText();
      }
    }
    return "load-balancer";
  }

  private Duration idleTimeout(String balancerArn) throws BadInput {
    for (String id : template.ofType(BALANCING + "LoadBalancer")) {
      if (resolver.references().arn(id).equals(balancerArn)) {
        for (JsonNode attribute : resolver.property(id, "LoadBalancerAttributes")) {
          if (attribute.path("Key").asText().equals("idle_timeout.timeout_seconds")) {
            return Duration.ofSeconds(attribute.path("Value").asLong());
          }
        }
      }
    }
    return Duration.ofSeconds(IDLE_SECONDS);
  }
}
