package io.sparkgate.border;

/** The fields of the JSON in {@link Configuration#WARM_HOURS}. */
public final class WarmHoursFields {

  public static final String APPLICATION = "application";

  /** The id of the stack that has the application: nothing is done while it is deployed. */
  public static final String STACK = "stack";

  public static final String ZONE = "zone";

  /** Of {@link java.time.DayOfWeek}: those on which hours begin. */
  public static final String DAYS = "days";

  /** {@code HH:MM} by the wall clock of the zone. */
  public static final String FROM = "from";

  /** {@code HH:MM}; of the next day where it is not after {@link #FROM}. */
  public static final String TO = "to";

  /** Dates, {@code YYYY-MM-DD}, on which no hours begin; may be empty. */
  public static final String HOLIDAYS = "holidays";

  private WarmHoursFields() {}
}
