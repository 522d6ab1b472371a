package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a stack would tell when it is deployed. */
public final class StackOutputs {

  private StackOutputs() {}

  /**
   * Reads outputs of a stack, with references resolved.
   *
   * @param cdkOutOrTemplate as {@link Blueprints#read} takes it
   * @param environment which of the directory's stacks
   * @param names those that are wanted
   * @return the values of those that there are
   * @throws BadInput as {@link Blueprints#read} does
   */
  public static Map<String, String> read(
      Path cdkOutOrTemplate, Optional<String> environment, List<String> names) throws BadInput {
    StackFile stack = StackFiles.find(cdkOutOrTemplate, environment);
    Template template = Template.read(stack.template());
    Resolver resolver = new Resolver(template, stack, Known.NOTHING);
    Map<String, String> values = new TreeMap<>();
    for (String name : names) {
      JsonNode value = template.section("Outputs", name).path("Value");
      if (!value.isMissingNode()) {
        values.put(name, resolver.resolve(value).asText());
      }
    }
    return values;
  }
}
