package io.sparkgate.sandbox.cloudformation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an operation on a stack came to.
 *
 * @param status of the stack, after it
 * @param events of the operation, in their order; none when there was nothing to do
 */
public record Outcome(Status status, List<Event> events) {

  /** The events of one resource, or of the stack by its name. */
  public List<Event> of(String logicalId) {
    return events.stream().filter(event -> event.logicalId().equals(logicalId)).toList();
  }

  /** The logical ids of the resources that came to a status, in the order of the events. */
  public List<String> that(Status cameTo) {
    return events.stream()
        .filter(event -> event.status() == cameTo && !event.type().equals(Stack.TYPE))
        .map(Event::logicalId)
        .toList();
  }

  /** Shows the events line by line. */
  @Override
  public String toString() {
    return events.stream()
        .map(Event::toString)
        .collect(Collectors.joining("\n", status + "\n", ""));
  }
}
