package io.sparkgate.app;

import java.util.Optional;

/** The setting {@code alarmTopic}: who is told of every alarm; others are topics like it. */
final class AlarmTopic {

  private AlarmTopic() {}

  /** CloudWatch tells only topics of its own Region. */
  static Optional<String> of(Settings settings) {
    return in(settings, settings, "alarmTopic", "alarms'");
  }

  /**
   * The ARN of a topic.
   *
   * @param environment knows the Region
   * @param section has the setting
   * @param whose Region it must be
   */
  static Optional<String> in(Settings environment, Settings section, String name, String whose) {
    Optional<String> topic =
        section.text(
            name,
            "arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:.+",
            "the ARN of a topic such as \"arn:aws:sns:eu-west-1:111122223333:OnCall\"");
    Optional<String> own =
        Regions.of(environment)
            .map(region -> "arn:" + Regions.partition(region) + ":sns:" + region + ":");
    if (topic.isPresent() && own.isPresent() && !topic.get().startsWith(own.get())) {
      throw section.wrong(
          name,
          topic.get(),
          "a topic of the %s own Region: its ARN begins with %s".formatted(whose, own.get()));
    }
    return topic;
  }
}
