package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the intrinsic functions of a template by values, as CloudFormation does. */
final class Resolver {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(!?)([^}]*)}");

  private final Template template;
  private final StackFile stack;
  private final References references;

  Resolver(Template template, StackFile stack, Known known) {
    this.template = template;
    this.stack = stack;
    this.references = new References(template, stack, this::property, known);
  }

  /** The resource's property with all references resolved; missing when it has none. */
  JsonNode property(String logicalId, String property) throws BadInput {
    return resolve(template.property(logicalId, property));
  }

  References references() {
    return references;
  }

  /** The value of a node; missing stands for AWS::NoValue. */
  JsonNode resolve(JsonNode node) throws BadInput {
    if (node.isArray()) {
      ArrayNode array = JSON.arrayNode();
      for (JsonNode element : node) {
        JsonNode value = resolve(element);
        if (!value.isMissingNode()) {
          array.add(value);
        }
      }
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    String first = node.size() == 1 ? node.fieldNames().next() : "";
    if (first.equals("Ref") || first.startsWith("Fn::")) {
      return call(first, node.get(first));
    }
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = resolve(entry.getValue());
      if (!value.isMissingNode()) {
        object.set(entry.getKey(), value);
      }
    }
    return object;
  }

  private JsonNode call(String function, JsonNode argument) throws BadInput {
    return switch (function) {
      case "Ref" -> references.ref(argument.asText());
      case "Fn::GetAtt" -> attribute(argument);
      case "Fn::Join" -> text(String.join(argument.path(0).asText(), texts(argument.path(1))));
      case "Fn::Sub" -> text(substitute(argument));
      case "Fn::Select" -> select(argument);
      case "Fn::Split" -> split(argument);
      case "Fn::GetAZs" -> zones(argument);
      case "Fn::FindInMap" -> mapped(argument);
      // What another stack exports cannot be known; its name is as good a value as any.
      case "Fn::ImportValue" -> resolve(argument);
      default ->
          throw template.problem(
              "uses %s, which the sandbox does not play; name a template without it", function);
    };
  }

  private JsonNode attribute(JsonNode argument) throws BadInput {
    if (argument.isTextual()) {
      String[] parts = argument.asText().split("\\.", 2);
      return references.attribute(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return references.attribute(argument.path(0).asText(), resolve(argument.path(1)).asText());
  }

  private JsonNode select(JsonNode argument) throws BadInput {
    JsonNode list = resolve(argument.path(1));
    int index = resolve(argument.path(0)).asInt();
    if (!list.has(index)) {
      throw template.problem(
          "Fn::Select takes element %d of a list that has %d", index, list.size());
    }
    return list.get(index);
  }

  private JsonNode split(JsonNode argument) throws BadInput {
    ArrayNode parts = JSON.arrayNode();
    String delimiter = Pattern.quote(argument.path(0).asText());
    for (String part : resolve(argument.path(1)).asText().split(delimiter, -1)) {
      parts.add(part);
    }
    return parts;
  }

  private JsonNode zones(JsonNode argument) throws BadInput {
    String region = resolve(argument).asText();
    ArrayNode zones = JSON.arrayNode();
    for (String zone : List.of("a", "b", "c")) {
      zones.add((region.isEmpty() ? stack.region() : region) + zone);
    }
    return zones;
  }

  private JsonNode mapped(JsonNode argument) throws BadInput {
    List<String> keys = texts(argument);
    JsonNode value = template.section("Mappings", keys.get(0));
    for (String key : keys.subList(1, keys.size())) {
      value = value.path(key);
    }
    if (value.isMissingNode()) {
      throw template.problem("Fn::FindInMap finds nothing at %s", String.join("/", keys));
    }
    return value;
  }

  private String substitute(JsonNode argument) throws BadInput {
    String pattern = argument.isArray() ? argument.path(0).asText() : argument.asText();
    JsonNode own = argument.isArray() ? argument.path(1) : MissingNode.getInstance();
    Matcher matcher = SUBSTITUTION.matcher(pattern);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      String value;
      if (!matcher.group(1).isEmpty()) {
        // ${!x} is CloudFormation's way to write ${x}, for example a policy variable.
        value = "${" + name + "}";
      } else if (own.has(name)) {
        value = resolve(own.get(name)).asText();
      } else if (name.contains(".")) {
        value = attribute(text(name)).asText();
      } else {
        value = references.ref(name).asText();
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private List<String> texts(JsonNode list) throws BadInput {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : resolve(list)) {
      texts.add(element.asText());
    }
    return texts;
  }

  private static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }
}
