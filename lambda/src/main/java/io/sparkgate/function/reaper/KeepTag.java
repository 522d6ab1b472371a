package io.sparkgate.function.reaper;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Exempts a session from every rule until the moment that the tag names. A value without an end
 * would protect for ever and is therefore none.
 *
 * @param key the tag whose value is an ISO-8601 timestamp with offset
 */
record KeepTag(String key) {

  Decision apply(Decision decision, Map<String, String> tags, Instant now) {
    String value = tags.get(key);
    if (value == null) {
      return decision;
    }
    Instant until;
    try {
      until = OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException e) {
      String note = "; tag %s does not protect: \"%s\" is no timestamp like 2026-12-31T18:00:00Z";
      return decision.noting(note.formatted(key, value));
    }
    if (until.isAfter(now)) {
      return decision.exempt("protected until %s by tag %s".formatted(until, key));
    }
    return decision.noting("; tag %s no longer protects: it expired %s".formatted(key, until));
  }
}
