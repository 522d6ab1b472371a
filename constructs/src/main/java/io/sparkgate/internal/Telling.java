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
   * @throws IllegalArgumentException if the bus is in another Region, or in a stack that this one
   *     cannot refer to
   */
  public void check(Construct teller) {
    Findings findings = new Findings(teller);
    Place here = Place.of(Stack.of(teller));
    Place there = Place.of(bus);
    findings.errorIf(
        there.isOfAnotherRegionThan(here),
        """
        eventBus received %s of %s, but takes a bus of its own Region, %s; name one there, with a \
        rule that hands events on"""
            .formatted(bus.getNode().getPath(), there.region(), here.region()));
    new Referable("eventBus", bus, bus.getEventBusArn())
        .check(findings, "the bus a name (eventBusName)", "the function", Stack.of(teller));
    findings.warnIf(
        there.isOfAnotherAccountThan(here),
        "eventBusOfAnotherAccount",
        """
        eventBus %s is of account %s, whose policy is not changed from here, so EventBridge \
        refuses the function until the bus's policy allows it events:PutEvents; allow it there, \
        then acknowledge this"""
            .formatted(bus.getNode().getPath(), there.account()));
  }

  /** Returns what PutEvents calls it: by its name, or by its ARN if it is another account's. */
  public String name(Construct teller) {
    return Place.of(bus).isOfAnotherAccountThan(Place.of(Stack.of(teller)))
        ? bus.getEventBusArn()
        : bus.getEventBusName();
  }
}
