package io.sparkgate.lifecycle;

import static java.util.Map.entry;

import io.sparkgate.border.Hooks;
import io.sparkgate.internal.Content;
import io.sparkgate.internal.Ordered;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication;

/**
 * What the hook before an update is told of an application's settings, so that CloudFormation calls
 * it when they change, and it knows whether the change needs a stop.
 *
 * @param application of which all is asked again and again, so what stays is handed over
 * @param stack the application's
 * @param updateWhileStarted whether to trust that some changes need none
 */
record NoticedSettings(CfnApplication application, Stack stack, boolean updateWhileStarted) {

  /**
   * What the service changes in an application that is started, of AWS's list of July 2026. Of what
   * else is on it (the number of concurrent runs, images of worker types) only a part of a
   * property.
   */
  private static final List<String> WHILE_STARTED =
      List.of("imageConfiguration", "maximumCapacity");

  /** Uncached: the CDK asks once before it has turned references to other stacks into imports. */
  Map<String, Object> toProperties() {
    return Ordered.map(
        entry(Hooks.APPLICATION_LOGICAL_ID, application.getLogicalId()),
        entry(Hooks.FINGERPRINT, Lazy.uncachedString(context -> Fingerprint.hash(content(false)))),
        entry(
            Hooks.WHILE_STARTED,
            updateWhileStarted
                ? Lazy.uncachedString(context -> Fingerprint.hash(content(true)))
                : Fingerprint.hash(Map.of())),
        entry(
            Hooks.REFERENCES,
            Lazy.uncachedAny(context -> Fingerprint.references(content(), stack))));
  }

  private Map<String, Object> content(boolean whileStarted) {
    Map<String, Object> content = new TreeMap<>(content());
    content.keySet().removeIf(property -> changesWhileStarted(property) != whileStarted);
    return content;
  }

  private Map<String, Object> content() {
    return ((Content) application).content();
  }

  private boolean changesWhileStarted(String property) {
    return updateWhileStarted && WHILE_STARTED.contains(property);
  }
}
