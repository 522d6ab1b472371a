package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.template.StackTemplate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * AWS::EMRServerless::Application. An update sends all properties again, whichever of them changed,
 * and tags after them, so nothing at all can be changed while the application is started.
 * CloudFormation would wait for each change; the sandbox's own are done when they are answered.
 */
final class ApplicationHandler implements Handler {

  private static final JsonNode NOTHING = MissingNode.getInstance();

  private final ServiceCalls service;

  ApplicationHandler(ServiceCalls service) {
    this.service = service;
  }

  @Override
  public Made create(Resource wanted) throws Failed {
    JsonNode answer = service.call("POST", "/applications", request(wanted));
    return Made.of(answer.path("applicationId").asText());
  }

  @Override
  public Made update(Resource current, Resource wanted) throws Failed {
    if (needsAnother(current, wanted)) {
      return create(wanted);
    }
    String path = path(current);
    // The ARN as the service knows it, before anything is changed.
    String arn = service.call("GET", path, NOTHING).at("/application/arn").asText();
    service.call("PATCH", path, request(wanted).without(List.of("name", "type", "tags")));
    tag(arn, tags(current), tags(wanted));
    return current.asMade();
  }

  /** One that was replaced is still there, and one that could not be made never was. */
  @Override
  public Made restore(Resource current, Resource before) throws Failed {
    return needsAnother(current, before) || !current.physicalId().equals(before.physicalId())
        ? before.asMade()
        : update(current, before);
  }

  @Override
  public void delete(Resource resource) throws Failed {
    Optional<JsonNode> there = service.find(path(resource));
    if (there.isPresent() && !there.get().at("/application/state").asText().equals("TERMINATED")) {
      service.call("DELETE", path(resource), NOTHING);
    }
  }

  private void tag(String arn, JsonNode before, JsonNode wanted) throws Failed {
    String path = "/tags/" + URLEncoder.encode(arn, StandardCharsets.UTF_8);
    if (!wanted.equals(before) && !wanted.isEmpty()) {
      service.call("POST", path, JsonNodeFactory.instance.objectNode().set("tags", wanted));
    }
    for (Map.Entry<String, JsonNode> tag : before.properties()) {
      if (!wanted.has(tag.getKey())) {
        service.call(
            "DELETE",
            path + "?tagKeys=" + URLEncoder.encode(tag.getKey(), StandardCharsets.UTF_8),
            NOTHING);
      }
    }
  }

  private static boolean needsAnother(Resource current, Resource wanted) {
    return !same("Name", current, wanted) || !same("Type", current, wanted);
  }

  private static boolean same(String property, Resource one, Resource other) {
    return one.properties().path(property).equals(other.properties().path(property));
  }

  private static JsonNode tags(Resource resource) {
    return request(resource).path("tags");
  }

  private static ObjectNode request(Resource resource) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    StackTemplate.applicationRequest(resource.properties())
        .properties()
        .forEach(member -> request.set(member.getKey(), member.getValue()));
    return request.put("clientToken", UUID.randomUUID().toString());
  }

  private static String path(Resource resource) {
    return "/applications/" + resource.physicalId();
  }
}
