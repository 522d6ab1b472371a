package io.sparkgate.internal;

import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.IEventBus;
import software.constructs.Construct;

/**
 * The bus on which a function puts events.
 *
 * @param bus made here or elsewhere
 */
public record Telling(IEventBus bus) {

  /**
   * Fails if a function cannot reach the bus.
   *
   * @param teller whose function it is
   * @throws IllegalArgumentException if the bus is in another account or Region, or in a stack that
   *     this one cannot refer to
   */
  public void check(Construct teller) {
    Findings findings = new Findings(teller);
    Place here = Place.of(Stack.of(teller));
    Place there = Place.of(bus);
    findings.errorIf(
        there.differsFrom(here),
        """
        eventBus received %s of %s, but takes a bus of its own account and Region, %s; name one \
        here, and let a rule hand its events on"""
            .formatted(bus.getNode().getPath(), there, here));
    new Referable("eventBus", bus, bus.getEventBusArn())
        .check(findings, "the bus a name (eventBusName)", "the function", Stack.of(teller));
  }
}
