package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Known;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is deployed at this moment, and what has happened; may be asked from any thread. */
final class Stack implements Known {

  static final String TYPE = "AWS::CloudFormation::Stack";

  private final String name;
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private Status status = Status.DELETE_COMPLETE;
  private String id = "";
  private Optional<Instant> updated = Optional.empty();

  Stack(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Its ARN; empty before it was first created. */
  synchronized String id() {
    return id;
  }

  synchronized void id(String arn) {
    id = arn;
  }

  synchronized Status status() {
    return status;
  }

  synchronized void become(Status next, String reason) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    status = next;
    if (next == Status.UPDATE_IN_PROGRESS) {
      updated = Optional.of(now);
    }
    events.add(new Event(now, name, TYPE, id, next, reason));
  }

  /** When its last update began, which a rollback does not change. */
  synchronized Optional<Instant> updated() {
    return updated;
  }

  /** Remembers a resource as it is now, and tells of it. */
  synchronized void put(Resource resource) {
    keep(resource);
    tell(resource);
  }

  /** Remembers a resource of which there is nothing to tell. */
  synchronized void keep(Resource resource) {
    resources.put(resource.logicalId(), resource);
  }

  /** Tells of a resource that is not the stack's any more. */
  synchronized void tell(Resource resource) {
    events.add(resource.event());
  }

  synchronized void forget(String logicalId) {
    resources.remove(logicalId);
  }

  synchronized Optional<Resource> find(String logicalId) {
    return Optional.ofNullable(resources.get(logicalId));
  }

  Resource get(String logicalId) {
    return find(logicalId)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Resource %s does not exist for stack %s".formatted(logicalId, name)));
  }

  synchronized List<Resource> all() {
    return List.copyOf(resources.values());
  }

  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** Of those only that something real made; the names of others follow from the template. */
  @Override
  public Optional<String> physicalId(String logicalId) {
    return find(logicalId)
        .filter(one -> one.type().equals(Resource.APPLICATION) || one.isCustom())
        .map(Resource::physicalId)
        .filter(physicalId -> !physicalId.isEmpty());
  }

  @Override
  public Optional<JsonNode> attribute(String logicalId, String attribute) {
    return find(logicalId).map(one -> one.attributes().get(attribute));
  }
}
