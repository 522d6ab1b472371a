package io.sparkgate.cluster;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.Map;
import software.amazon.awscdk.services.ssm.CfnDocument;
import software.constructs.Construct;

/**
 * What Session Manager does for whoever may start a session by it: it forwards the server's port,
 * and no other. AWS's own document forwards any port of the node.
 */
final class SessionDocument {

  private SessionDocument() {}

  static CfnDocument in(Construct scope) {
    Map<String, Object> local =
        Ordered.map(
            entry("type", "String"),
            entry("description", "The port on the caller's machine; 0 takes a free one"),
            entry("default", "0"),
            entry("allowedPattern", "^[0-9]{1,5}$"));
    Map<String, Object> forwarding =
        Ordered.map(
            entry("portNumber", Integer.toString(InstallStep.PORT)),
            entry("type", "LocalPortForwarding"),
            entry("localPortNumber", "{{ localPortNumber }}"));
    return CfnDocument.Builder.create(scope, "Tunnel")
        .documentType("Session")
        .documentFormat("JSON")
        .content(
            Ordered.map(
                entry("schemaVersion", "1.0"),
                entry("description", "Opens a tunnel to Spark Connect on the primary node"),
                entry("sessionType", "Port"),
                entry("parameters", Map.of("localPortNumber", local)),
                entry("properties", forwarding)))
        .build();
  }
}
