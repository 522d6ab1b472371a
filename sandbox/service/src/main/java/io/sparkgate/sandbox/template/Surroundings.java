package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a template has around its application for people to see what goes on.
 *
 * @param buses the names of event buses, the default one among them
 * @param rules those that are enabled and wait for events; schedules are none
 * @param functionNames of all functions, by their logical ids
 * @param logGroups the names of the log groups that functions print into, by the functions' logical
 *     ids
 * @param subnets the blocks of addresses of subnets, by their ids
 * @param dashboards the bodies of dashboards, by their names
 */
public record Surroundings(
    Set<String> buses,
    List<EventRule> rules,
    Map<String, String> functionNames,
    Map<String, String> logGroups,
    Map<String, String> subnets,
    Map<String, JsonNode> dashboards) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a stack.
   *
   * @param cdkOutOrTemplate as {@link Blueprints#read} takes it
   * @param environment which of the directory's stacks
   * @throws BadInput as {@link Blueprints#read} does
   */
  public static Surroundings read(Path cdkOutOrTemplate, Optional<String> environment)
      throws BadInput {
    StackTemplate stack = StackTemplate.read(cdkOutOrTemplate, environment, Known.NOTHING);
    Set<String> buses = new TreeSet<>(Set.of(EventRule.DEFAULT_BUS));
    List<EventRule> rules = new ArrayList<>();
    Map<String, String> functionNames = new LinkedHashMap<>();
    Map<String, String> logGroups = new LinkedHashMap<>();
    Map<String, String> subnets = new LinkedHashMap<>();
    Map<String, JsonNode> dashboards = new LinkedHashMap<>();
    for (String id : stack.resources()) {
      switch (stack.type(id)) {
        case "AWS::Events::EventBus" -> buses.add(stack.physicalId(id));
        case "AWS::Events::Rule" -> rule(id, stack.properties(id)).ifPresent(rules::add);
        case "AWS::Lambda::Function" -> {
          functionNames.put(id, stack.physicalId(id));
          logGroups.put(id, logGroup(stack, id));
        }
        case "AWS::EC2::Subnet" ->
            subnets.put(
                stack.physicalId(id), stack.properties(id).path("CidrBlock").asText("0.0.0.0/24"));
        case "AWS::CloudWatch::Dashboard" -> {
          JsonNode properties = stack.properties(id);
          dashboards.put(
              properties.path("DashboardName").asText(id),
              body(stack, id, properties.path("DashboardBody").asText()));
        }
        default -> {}
      }
    }
    return new Surroundings(buses, rules, functionNames, logGroups, subnets, dashboards);
  }

  private static Optional<EventRule> rule(String id, JsonNode properties) {
    JsonNode pattern = properties.path("EventPattern");
    if (!pattern.isObject() || properties.path("State").asText().equals("DISABLED")) {
      return Optional.empty();
    }
    List<JsonNode> targets = new ArrayList<>();
    properties.path("Targets").forEach(targets::add);
    return Optional.of(
        new EventRule(
            id, EventRule.busOf(properties.path("EventBusName").asText()), pattern, targets));
  }

  private static String logGroup(StackTemplate stack, String function) throws BadInput {
    String own = stack.properties(function).path("LoggingConfig").path("LogGroup").asText();
    return own.isEmpty() ? "/aws/lambda/" + stack.physicalId(function) : own;
  }

  private static JsonNode body(StackTemplate stack, String id, String body) throws BadInput {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw stack.problem("dashboard %s has a body that is not JSON: %s", id, body);
    }
  }
}
