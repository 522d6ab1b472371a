package io.sparkgate.sandbox.cloudformation;

import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.StackTemplate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations on a stack, each from its first status to its last. */
final class Operations {

  private final Stack stack;
  private final Changes changes;

  /** What a rollback still has to restore; it waits for its continuation when one fails. */
  private final Deque<Resource> toRestore = new ArrayDeque<>();

  /** What an update has made, and its rollback deletes. */
  private final Set<String> created = new HashSet<>();

  Operations(Stack stack, Changes changes) {
    this.stack = stack;
    this.changes = changes;
  }

  void create(StackTemplate template) throws BadInput {
    List<String> order = Order.of(template);
    changes.beginOperation();
    stack.id(template.stackId());
    stack.become(Status.CREATE_IN_PROGRESS, "User Initiated");
    for (String id : order) {
      try {
        changes.create(template, id);
      } catch (Failed e) {
        stack.become(
            Status.ROLLBACK_IN_PROGRESS,
            failed("create", List.of(id)) + "Rollback requested by user.");
        List<String> left = deleteInOrder(stack.all(), true);
        stack.become(
            left.isEmpty() ? Status.ROLLBACK_COMPLETE : Status.ROLLBACK_FAILED,
            left.isEmpty() ? "" : failed("delete", left));
        return;
      }
    }
    stack.become(Status.CREATE_COMPLETE, "");
  }

  void update(StackTemplate template) throws BadInput {
    List<String> order = Order.of(template);
    if (!differs(template)) {
      return;
    }
    changes.beginOperation();
    created.clear();
    Map<String, Resource> before = new LinkedHashMap<>();
    stack.all().forEach(resource -> before.put(resource.logicalId(), resource));
    Set<String> touched = new HashSet<>();
    stack.become(Status.UPDATE_IN_PROGRESS, "User Initiated");
    for (String id : order) {
      Resource old = before.get(id);
      try {
        if (old == null) {
          created.add(id);
          changes.create(template, id);
        } else if (changes.update(template, id)) {
          touched.add(id);
        }
      } catch (Failed e) {
        if (old != null) {
          touched.add(id);
        }
        stack.become(
            Status.UPDATE_ROLLBACK_IN_PROGRESS,
            failed(old == null ? "create" : "update", List.of(id)));
        beginRollback(before, touched);
        rollBack();
        return;
      }
    }
    stack.become(Status.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, "");
    List<String> wanted = template.resources();
    cleanUp(stack.all().stream().filter(one -> !wanted.contains(one.logicalId())).toList());
    stack.become(Status.UPDATE_COMPLETE, "");
  }

  void continueUpdateRollback() {
    stack.become(Status.UPDATE_ROLLBACK_IN_PROGRESS, "User Initiated");
    rollBack();
  }

  void delete() {
    changes.beginOperation();
    stack.become(Status.DELETE_IN_PROGRESS, "User Initiated");
    List<String> left = deleteInOrder(stack.all(), false);
    stack.become(
        left.isEmpty() ? Status.DELETE_COMPLETE : Status.DELETE_FAILED,
        left.isEmpty() ? "" : failed("delete", left));
  }

  /** If nothing differs by what exists now, nothing will come to differ on the way. */
  private boolean differs(StackTemplate template) throws BadInput {
    List<Resource> all = stack.all();
    if (all.size() != template.resources().size()) {
      return true;
    }
    for (String id : template.resources()) {
      if (stack.find(id).isEmpty() || !stack.get(id).properties().equals(template.properties(id))) {
        return true;
      }
    }
    return false;
  }

  private void beginRollback(Map<String, Resource> before, Set<String> touched) {
    toRestore.clear();
    List<Resource> changed = new ArrayList<>();
    for (Resource resource : before.values()) {
      if (touched.contains(resource.logicalId())) {
        changed.add(resource);
      } else {
        stack.keep(resource);
      }
    }
    toRestore.addAll(Order.of(changed));
  }

  private void rollBack() {
    while (!toRestore.isEmpty()) {
      Resource before = toRestore.getFirst();
      try {
        changes.restore(before);
      } catch (Failed e) {
        stack.become(Status.UPDATE_ROLLBACK_FAILED, failed("update", List.of(before.logicalId())));
        return;
      }
      toRestore.removeFirst();
    }
    stack.become(Status.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, "");
    cleanUp(stack.all().stream().filter(one -> created.contains(one.logicalId())).toList());
    stack.become(Status.UPDATE_ROLLBACK_COMPLETE, "");
  }

  /**
   * Deletes what an operation has replaced, and what the stack does without from now on. What fails
   * is left behind, and the rest goes on.
   */
  private void cleanUp(List<Resource> superfluous) {
    List<Resource> all = new ArrayList<>(superfluous);
    all.addAll(changes.replaced());
    for (Resource resource : lastFirst(all)) {
      if (superfluous.contains(resource)) {
        try {
          changes.delete(resource, false);
        } catch (Failed e) {
          stack.forget(resource.logicalId());
        }
      } else {
        changes.deleteReplaced(resource);
      }
    }
  }

  /** What a resource that stays depends on has to stay, too; the rest goes. */
  private List<String> deleteInOrder(List<Resource> resources, boolean afterFailedCreate) {
    List<String> failed = new ArrayList<>();
    Set<String> needed = new HashSet<>();
    for (Resource resource : lastFirst(resources)) {
      if (needed.contains(resource.logicalId())) {
        needed.addAll(resource.dependencies());
        continue;
      }
      try {
        changes.delete(resource, afterFailedCreate);
      } catch (Failed e) {
        failed.add(resource.logicalId());
        needed.addAll(resource.dependencies());
      }
    }
    return failed;
  }

  private static List<Resource> lastFirst(List<Resource> resources) {
    List<Resource> order = new ArrayList<>(Order.of(resources));
    Collections.reverse(order);
    return order;
  }

  private static String failed(String to, List<String> ids) {
    return "The following resource(s) failed to %s: [%s]. ".formatted(to, String.join(", ", ids));
  }
}
