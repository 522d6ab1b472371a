package io.sparkgate.sandbox.events;

import java.time.Instant;

/**
 * What a rule sent to one of its targets. Nobody is behind a target here.
 *
 * @param at the time of the event
 * @param rule the rule's logical id
 * @param target the ARN, for example of a topic
 * @param input what it is given
 */
public record Delivery(Instant at, String eventId, String rule, String target, String input) {}
