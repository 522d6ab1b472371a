package io.sparkgate.app;

import java.util.Optional;

/** The setting {@code alarmTopic}: who is told of every alarm. */
final class AlarmTopic {

  private AlarmTopic() {}

  /** CloudWatch tells only topics of its own Region. */
  static Optional<String> of(Settings settings) {
    Optional<String> topic =
        settings.text(
            "alarmTopic",
            "arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:.+",
            "the ARN of a topic such as \"arn:aws:sns:eu-west-1:111122223333:OnCall\"");
    Optional<String> own =
        Regions.of(settings)
            .map(region -> "arn:" + Regions.partition(region) + ":sns:" + region + ":");
    if (topic.isPresent() && own.isPresent() && !topic.get().startsWith(own.get())) {
      throw settings.wrong(
          "alarmTopic",
          topic.get(),
          "a topic of the alarms' own Region: its ARN begins with " + own.get());
    }
    return topic;
  }
}
