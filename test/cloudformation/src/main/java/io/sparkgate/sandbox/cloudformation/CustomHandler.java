package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Custom resources of the CDK's provider framework. Those of other providers are only remembered:
 * their functions are not played.
 */
final class CustomHandler implements Handler {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VARIABLES = "/Environment/Variables/";

  /** CloudFormation's own, where the resource has no ServiceTimeout. */
  private static final long SERVICE_TIMEOUT_SECONDS = 3600;

  /** What the waiting of a state machine is instead, in a test that has less time. */
  record Pace(Optional<Duration> queryInterval, Optional<Duration> totalTimeout) {}

  private final Stack stack;
  private final UserFunctions functions;
  private final Faults faults;
  private final Pace pace;
  private final Handler others = new Remembered();
  private final List<CompletableFuture<Framework.Answer>> underWay = new ArrayList<>();

  CustomHandler(Stack stack, UserFunctions functions, Faults faults, Pace pace) {
    this.stack = stack;
    this.functions = functions;
    this.faults = faults;
    this.pace = pace;
  }

  @Override
  public Made create(Resource wanted) throws Failed {
    Optional<Framework> framework = framework(wanted);
    return framework.isEmpty()
        ? others.create(wanted)
        : made(wanted, send(framework.get(), wanted, request("Create", wanted)));
  }

  @Override
  public Made update(Resource current, Resource wanted) throws Failed {
    Optional<Framework> framework = framework(wanted);
    if (framework.isEmpty()) {
      return current.asMade();
    }
    ObjectNode request = request("Update", wanted).put("PhysicalResourceId", current.physicalId());
    request.set("OldResourceProperties", texts(current.properties()));
    return made(wanted, send(framework.get(), wanted, request));
  }

  @Override
  public void delete(Resource resource) throws Failed {
    Optional<Framework> framework = framework(resource);
    if (framework.isPresent()) {
      ObjectNode request = request("Delete", resource);
      request.put("PhysicalResourceId", resource.physicalId());
      made(resource, send(framework.get(), resource, request));
    }
  }

  /** Waits for the answers that came too late for CloudFormation. */
  void settle() {
    for (CompletableFuture<Framework.Answer> late : underWay) {
      late.exceptionally(failure -> new Framework.Answer(false, "", "", TextNode.valueOf("")))
          .join();
    }
    underWay.clear();
  }

  private static Made made(Resource wanted, Framework.Answer answer) throws Failed {
    if (!answer.success()) {
      throw new Failed(
          "Received response status [FAILED] from custom resource. Message returned: %s (RequestId: %s)"
              .formatted(answer.reason(), UUID.randomUUID()),
          answer.physicalId());
    }
    return new Made(answer.physicalId(), answer.data());
  }

  private Framework.Answer send(Framework framework, Resource resource, ObjectNode request)
      throws Failed {
    CompletableFuture<Framework.Answer> answer = begin(framework, request);
    if (faults.isDeliveredTwice(resource.logicalId())) {
      answer = answer.applyToEither(begin(framework, request), first -> first);
    }
    long timeout = resource.properties().path("ServiceTimeout").asLong(SERVICE_TIMEOUT_SECONDS);
    try {
      return answer.get(timeout, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Failed(
          "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [%s]."
              .formatted(request.path("RequestId").asText()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("The deployment was interrupted.");
    }
  }

  private CompletableFuture<Framework.Answer> begin(Framework framework, ObjectNode request) {
    CompletableFuture<Framework.Answer> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(framework.answer(request.deepCopy()));
              } catch (InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            "provider-framework");
    thread.setDaemon(true);
    thread.start();
    underWay.add(answer);
    return answer;
  }

  private ObjectNode request(String type, Resource resource) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request
        .put("RequestType", type)
        .put("ServiceToken", resource.properties().path("ServiceToken").asText())
        .put("ResponseURL", "https://response.invalid/" + UUID.randomUUID())
        .put("StackId", stack.id())
        .put("RequestId", UUID.randomUUID().toString())
        .put("LogicalResourceId", resource.logicalId())
        .put("ResourceType", resource.type());
    return request.set("ResourceProperties", texts(resource.properties()));
  }

  /** CloudFormation writes every scalar as a string. */
  private static JsonNode texts(JsonNode node) {
    if (node.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(texts(element)));
      return array;
    }
    if (!node.isObject()) {
      return TextNode.valueOf(node.asText());
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      object.set(entry.getKey(), texts(entry.getValue()));
    }
    return object;
  }

  /** The framework behind a service token, if it is one of the CDK's. */
  private Optional<Framework> framework(Resource resource) throws Failed {
    Resource function =
        functions.deployed(Resource.FUNCTION, resource.properties().path("ServiceToken").asText());
    JsonNode provider = function.properties();
    String onEvent = provider.at(VARIABLES + "USER_ON_EVENT_FUNCTION_ARN").asText();
    if (onEvent.isEmpty()) {
      return Optional.empty();
    }
    String isComplete = provider.at(VARIABLES + "USER_IS_COMPLETE_FUNCTION_ARN").asText();
    JsonNode retry = retry(provider.at(VARIABLES + "WAITER_STATE_MACHINE_ARN").asText());
    Duration interval = Duration.ofSeconds(retry.path("IntervalSeconds").asLong(5));
    return Optional.of(
        new Framework(
            function.origin().asset(provider.at("/Code/S3Key").asText().replace(".zip", "")),
            functions.withArn(onEvent),
            isComplete.isEmpty() ? Optional.empty() : Optional.of(functions.withArn(isComplete)),
            pace.queryInterval().orElse(interval),
            pace.totalTimeout()
                .orElse(interval.multipliedBy(retry.path("MaxAttempts").asLong(360)))));
  }

  /** How the framework's state machine repeats; missing where there is none. */
  private JsonNode retry(String stateMachine) throws Failed {
    for (Resource machine : stack.all()) {
      if (machine.type().equals("AWS::StepFunctions::StateMachine")
          && machine.physicalId().equals(stateMachine)) {
        try {
          JsonNode definition =
              JSON.readTree(machine.properties().path("DefinitionString").asText());
          return definition
              .path("States")
              .path(definition.path("StartAt").asText())
              .path("Retry")
              .path(0);
        } catch (JsonProcessingException e) {
          throw new Failed(
              "The definition of %s is not JSON: %s"
                  .formatted(machine.logicalId(), e.getOriginalMessage()));
        }
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }
}
