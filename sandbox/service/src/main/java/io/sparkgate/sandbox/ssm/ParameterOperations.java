package io.sparkgate.sandbox.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.json11.Fault;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads parameters. Who may not read one learns neither its value nor whether there is one. */
final class ParameterOperations {

  private static final int MOST_NAMES = 10;

  private final AccessControl access;
  private final Map<String, Parameter> parameters;
  private final UnaryOperator<String> arns;

  ParameterOperations(
      AccessControl access, Map<String, Parameter> parameters, UnaryOperator<String> arns) {
    this.access = access;
    this.parameters = Map.copyOf(parameters);
    this.arns = arns;
  }

  JsonNode get(Identity caller, JsonNode input) throws Fault {
    String name = input.path("Name").asText();
    if (name.isEmpty()) {
      throw invalid("Value null at 'name' failed to satisfy constraint: Member must not be null");
    }
    require(caller, "ssm:GetParameter", name);
    if (!parameters.containsKey(name)) {
      // AWS's own answer is reported to have no message either; the type says all.
      throw Fault.of("ParameterNotFound", "");
    }
    return JsonNodeFactory.instance.objectNode().set("Parameter", shown(name));
  }

  /** Those that are there, and the names of those that are not. */
  JsonNode getAll(Identity caller, JsonNode input) throws Fault {
    List<String> names = names(input.path("Names"));
    for (String name : names) {
      require(caller, "ssm:GetParameters", name);
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode found = answer.putArray("Parameters");
    ArrayNode missing = answer.putArray("InvalidParameters");
    for (String name : names) {
      if (parameters.containsKey(name)) {
        found.add(shown(name));
      } else {
        missing.add(name);
      }
    }
    return answer;
  }

  private static List<String> names(JsonNode written) throws Fault {
    List<String> names = new ArrayList<>();
    written.forEach(name -> names.add(name.asText()));
    if (names.isEmpty()) {
      throw invalid(
          "Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1");
    }
    if (names.size() > MOST_NAMES) {
      throw invalid(
          "Value '[%s]' at 'names' failed to satisfy constraint: Member must have length less than or equal to %d"
              .formatted(String.join(", ", names), MOST_NAMES));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw Fault.of("ValidationException", "Duplicate parameter names are not allowed.");
    }
    return names;
  }

  private static Fault invalid(String problem) {
    return Fault.of("ValidationException", "1 validation error detected: " + problem);
  }

  private void require(Identity caller, String action, String name) throws Fault {
    Fault.ifDenied(access.denial(caller, Action.on(action, arns.apply(name), Map.of())));
  }

  /** One that is there; in its first version, for nobody writes a second. */
  private ObjectNode shown(String name) {
    Parameter parameter = parameters.get(name);
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", name)
        .put("Type", parameter.type())
        .put("Value", parameter.value())
        .put("Version", 1)
        .put("ARN", arns.apply(name))
        .put("DataType", "text");
  }
}
