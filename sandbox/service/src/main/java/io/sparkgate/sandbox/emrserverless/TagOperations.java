package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** The operations on tags. The estate is held, the call is authorized and valid. */
final class TagOperations {

  private final Estate estate;
  private final Arns arns;

  TagOperations(Estate estate, Arns arns) {
    this.estate = estate;
    this.arns = arns;
  }

  JsonNode list(Call call) {
    return JsonNodeFactory.instance.objectNode().set("tags", Tags.json(tags(call)));
  }

  JsonNode tag(Call call) {
    Map<String, String> tags = tags(call);
    tags.putAll(Tags.merge(tags, Tags.in(call.input())));
    return JsonNodeFactory.instance.objectNode();
  }

  JsonNode untag(Call call) {
    Map<String, String> tags = tags(call);
    call.input().path("tagKeys").forEach(key -> tags.remove(key.asText()));
    return JsonNodeFactory.instance.objectNode();
  }

  private Map<String, String> tags(Call call) {
    Arns.Named named = arns.parse(call.text("resourceArn"));
    return estate.tags(named.applicationId(), named.workId());
  }
}
