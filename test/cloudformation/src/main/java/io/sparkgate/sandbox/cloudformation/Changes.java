package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.StackTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The changes of single resources, and the events of them. */
final class Changes {

  private static final String REPLACED =
      "Requested update required the provider to create a new physical resource";

  private final Stack stack;
  private final Function<Resource, Handler> handlers;
  private final Faults faults;

  /** What was asked for in an update, also where it failed: a rollback starts from there. */
  private final Map<String, JsonNode> tried = new HashMap<>();

  /** Physical resources that an operation replaced; its cleanup deletes them. */
  private final List<Resource> replaced = new ArrayList<>();

  Changes(Stack stack, Function<Resource, Handler> handlers, Faults faults) {
    this.stack = stack;
    this.handlers = handlers;
    this.faults = faults;
  }

  void beginOperation() {
    tried.clear();
    replaced.clear();
  }

  /** Those that are not in use again. */
  List<Resource> replaced() {
    return replaced.stream()
        .filter(
            old ->
                stack
                    .find(old.logicalId())
                    .filter(now -> now.physicalId().equals(old.physicalId()))
                    .isEmpty())
        .toList();
  }

  void create(StackTemplate template, String id) throws Failed {
    MissingNode none = MissingNode.getInstance();
    Resource begun =
        new Resource(
                id,
                template.type(id),
                "",
                none,
                none,
                template,
                Status.CREATE_COMPLETE,
                "",
                Instant.EPOCH)
            .in(Status.CREATE_IN_PROGRESS, "");
    stack.put(begun);
    Resource wanted = begun;
    try {
      wanted = begun.with(properties(template, id), template);
      faults.obey(id);
      Made made = handlers.apply(wanted).create(wanted);
      stack.put(wanted.made(made).in(Status.CREATE_COMPLETE, ""));
    } catch (Failed e) {
      stack.put(wanted.made(Made.of(e.physicalId())).in(Status.CREATE_FAILED, e.reason()));
      throw e;
    }
  }

  /**
   * Updates a resource if its properties, with what they refer to, are others now.
   *
   * @return whether they are
   */
  boolean update(StackTemplate template, String id) throws Failed {
    Resource old = stack.get(id);
    JsonNode properties = properties(template, id);
    if (properties.equals(old.properties())) {
      stack.keep(old.with(properties, template));
      return false;
    }
    stack.put(old.in(Status.UPDATE_IN_PROGRESS, ""));
    tried.put(id, properties);
    try {
      faults.obey(id);
      Resource wanted = old.with(properties, template);
      Made made = handlers.apply(wanted).update(old, wanted);
      boolean other = !made.physicalId().equals(old.physicalId());
      stack.put(wanted.made(made).in(Status.UPDATE_COMPLETE, other ? REPLACED : ""));
      if (other) {
        replaced.add(old);
      }
      return true;
    } catch (Failed e) {
      stack.put(old.in(Status.UPDATE_FAILED, e.reason()));
      throw e;
    }
  }

  /** Takes back an update, also one that failed. */
  void restore(Resource before) throws Failed {
    Resource now = stack.get(before.logicalId());
    stack.put(now.in(Status.UPDATE_IN_PROGRESS, ""));
    try {
      faults.obey(before.logicalId());
      JsonNode from = tried.getOrDefault(before.logicalId(), now.properties());
      Made made = handlers.apply(before).restore(now.with(from, before.origin()), before);
      stack.put(before.made(made).in(Status.UPDATE_COMPLETE, ""));
      if (!made.physicalId().equals(now.physicalId())) {
        replaced.add(now);
      }
    } catch (Failed e) {
      stack.put(now.in(Status.UPDATE_FAILED, e.reason()));
      throw e;
    }
  }

  /**
   * Deletes a resource of the stack.
   *
   * @param afterFailedCreate some policies keep a resource except then
   */
  void delete(Resource resource, boolean afterFailedCreate) throws Failed {
    boolean kept = resource.isKeptBy("DeletionPolicy", afterFailedCreate);
    if (!kept && !resource.physicalId().isEmpty()) {
      stack.put(resource.in(Status.DELETE_IN_PROGRESS, ""));
      try {
        faults.obey(resource.logicalId());
        handlers.apply(resource).delete(resource);
      } catch (Failed e) {
        stack.put(resource.in(Status.DELETE_FAILED, e.reason()));
        throw e;
      }
    }
    stack.forget(resource.logicalId());
    stack.tell(resource.in(kept ? Status.DELETE_SKIPPED : Status.DELETE_COMPLETE, ""));
  }

  /** Deletes a physical resource that another one has replaced; leaves it behind if it fails. */
  void deleteReplaced(Resource old) {
    if (old.isKeptBy("UpdateReplacePolicy", false)) {
      stack.tell(old.in(Status.DELETE_SKIPPED, ""));
      return;
    }
    stack.tell(old.in(Status.DELETE_IN_PROGRESS, ""));
    try {
      faults.obey(old.logicalId());
      handlers.apply(old).delete(old);
      stack.tell(old.in(Status.DELETE_COMPLETE, ""));
    } catch (Failed e) {
      stack.tell(old.in(Status.DELETE_FAILED, e.reason()));
    }
  }

  private static JsonNode properties(StackTemplate template, String id) throws Failed {
    try {
      return template.properties(id);
    } catch (BadInput e) {
      throw new Failed(String.valueOf(e.getMessage()));
    }
  }
}
