package io.sparkgate.app;

import io.sparkgate.monitor.SessionMonitor;
import java.util.Optional;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;

/**
 * Who is told what will end.
 *
 * @param topic its ARN
 * @param key of the topic, which its ARN does not say
 */
record WarnTopic(Optional<String> topic, Optional<String> key) {

  private static final String KEY = "warnTopicKey";

  static WarnTopic of(Settings environment, Settings monitoring) {
    WarnTopic read =
        new WarnTopic(
            AlarmTopic.in(environment, monitoring, "warnTopic", "rules'"),
            monitoring.text(
                KEY,
                "arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/.+",
                "the ARN of a key such as \"arn:aws:kms:eu-west-1:111122223333:key/1234abcd\""));
    if (read.key.isPresent() && read.topic.isEmpty()) {
      throw monitoring.wrong(KEY, read.key.get(), "a key only beside \"warnTopic\", which has it");
    }
    return read;
  }

  void hand(EnvironmentStack stack, SessionMonitor monitor) {
    if (topic.isEmpty()) {
      return;
    }
    ITopic told = Topic.fromTopicArn(stack, "WarnTopic", topic.get());
    key.ifPresentOrElse(
        arn -> monitor.warnTo(told, Key.fromKeyArn(stack, "WarnTopicKey", arn)),
        () -> monitor.warnTo(told));
  }
}
