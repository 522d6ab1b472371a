package io.sparkgate.sandbox.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.json11.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts and ends sessions of Session Manager to the one instance there is. */
final class SessionOperations {

  private static final String TAG = "ssm:resourceTag/";

  private final AccessControl access;
  private final Tunnels tunnels;

  SessionOperations(AccessControl access, Tunnels tunnels) {
    this.access = access;
    this.tunnels = tunnels;
  }

  /** Empty for an operation that is not played. */
  Optional<JsonNode> call(String operation, Identity caller, JsonNode input) throws Fault {
    return switch (operation) {
      case "StartSession" -> Optional.of(start(caller, input));
      case "TerminateSession" -> Optional.of(terminate(caller, input));
      default -> Optional.empty();
    };
  }

  private JsonNode start(Identity caller, JsonNode input) throws Fault {
    Tunnels.Instance instance = tunnels.instance();
    String target = input.path("Target").asText();
    String document = input.path("DocumentName").asText("SSM-SessionManagerRunShell");
    boolean ours = target.equals(instance.id());
    require(caller, "ssm:StartSession", instance.arnOf(target), ours ? instance.tags() : Map.of());
    String documentArn =
        List.of(instance.documentName(), instance.documentArn()).contains(document)
            ? instance.documentArn()
            : instance.documentArnOf(document);
    require(caller, "ssm:StartSession", documentArn, Map.of());
    if (!documentArn.equals(instance.documentArn())) {
      throw Fault.of(
          "InvalidDocument",
          "The sandbox has no document %s; it has %s."
              .formatted(document, instance.documentName()));
    }
    if (!ours || !tunnels.isConnected()) {
      throw Fault.of("TargetNotConnected", target + " is not connected.");
    }
    Tunnels.Opened opened = tunnels.open(caller);
    return JsonNodeFactory.instance
        .objectNode()
        .put("SessionId", opened.sessionId())
        .put("TokenValue", opened.token())
        .put("StreamUrl", opened.streamUrl());
  }

  private JsonNode terminate(Identity caller, JsonNode input) throws Fault {
    String id = input.path("SessionId").asText();
    require(caller, "ssm:TerminateSession", tunnels.instance().sessionArn(id), tunnels.tags(id));
    tunnels.close(id);
    return JsonNodeFactory.instance.objectNode().put("SessionId", id);
  }

  private void require(Identity caller, String action, String arn, Map<String, String> tags)
      throws Fault {
    Map<String, String> context = new TreeMap<>();
    tags.forEach((key, value) -> context.put(TAG + key, value));
    context.put("ssm:SessionDocumentAccessCheck", "true");
    Fault.ifDenied(
        access.denial(caller, new Action(action, arn, Map.of(), List.of(), tags, context)));
  }
}
