package io.sparkgate.monitor;

import static java.util.Objects.requireNonNull;

import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.events.EventPattern;

/**
 * Which events a rule hears: made by {@link SessionEvents} or {@link EmrServerlessEvents}. Each
 * method returns a new one.
 *
 * <pre>{@code
 * Rule.Builder.create(this, "Failures")
 *     .eventPattern(SessionEvents.failed().of(application).toPattern())
 *     .build();
 * }</pre>
 */
public final class EventFilter {

  /** The same field of AWS's events and of ours. */
  private static final String APPLICATION_ID = "applicationId";

  private final String source;
  private final List<String> detailTypes;
  private final Map<String, Object> detail;

  private EventFilter(String source, List<String> detailTypes, Map<String, Object> detail) {
    this.source = source;
    this.detailTypes = detailTypes;
    this.detail = detail;
  }

  static EventFilter of(String source, List<String> detailTypes) {
    return new EventFilter(source, detailTypes, Map.of());
  }

  /**
   * Hears of these applications only. Default: of all in the account and Region.
   *
   * @param applications one or more; about 80 fit into one pattern
   * @return a new filter
   */
  public EventFilter of(IEmrServerlessApplication... applications) {
    return with(
        APPLICATION_ID,
        Stream.of(applications)
            .map(IEmrServerlessApplication::getApplicationId)
            .toArray(String[]::new));
  }

  /**
   * Hears only what has one of these values in a field. Default: any value.
   *
   * @param field of the detail, such as {@code owner}
   * @param values one or more
   * @return a new filter
   * @throws IllegalArgumentException if there is no value, by which nothing would be heard
   */
  public EventFilter with(String field, String... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "EventFilter: %s received no value, but takes one or more; leave it out to hear all"
              .formatted(requireNonNull(field, "field")));
    }
    Map<String, Object> more = new LinkedHashMap<>(detail);
    more.put(field, List.of(values));
    return new EventFilter(source, detailTypes, more);
  }

  /**
   * Returns the pattern.
   *
   * @return for the builder of a rule
   */
  public EventPattern toPattern() {
    EventPattern.Builder pattern =
        EventPattern.builder().source(List.of(source)).detailType(detailTypes);
    return detail.isEmpty() ? pattern.build() : pattern.detail(detail).build();
  }
}
