package io.sparkgate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** How long a template's values become. */
public final class AsDeployed {

  private AsDeployed() {}

  /** As it is once deployed, in the partition and the Region with the longest names. */
  public static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    return resolved(value).toString();
  }

  private static JsonNode resolved(JsonNode value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value.has("Ref")) {
      return nodes.textNode(
          switch (value.get("Ref").asText()) {
            case "AWS::Partition" -> "aws-us-gov";
            case "AWS::Region" -> "ap-southeast-1";
            case "AWS::AccountId" -> "111122223333";
            default -> "x".repeat(64);
          });
    }
    if (value.has("Fn::GetAtt")) {
      return nodes.textNode("x".repeat(120));
    }
    if (value.has("Fn::Join")) {
      StringBuilder text = new StringBuilder();
      value.at("/Fn::Join/1").forEach(part -> text.append(resolved(part).asText()));
      return nodes.textNode(text.toString());
    }
    if (value.isObject()) {
      var object = nodes.objectNode();
      value.properties().forEach(entry -> object.set(entry.getKey(), resolved(entry.getValue())));
      return object;
    }
    if (value.isArray()) {
      var array = nodes.arrayNode();
      value.forEach(item -> array.add(resolved(item)));
      return array;
    }
    return value;
  }
}
