package io.sparkgate.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.constructs.Construct;

/** What happens when the alarms of a construct go off. */
public final class AlarmActions {

  /** PutMetricAlarm takes no more. */
  private static final int MOST = 5;

  private static final int REGION_OF_ARN = 3;

  /** Stands for what only the deployment knows. */
  private static final String UNKNOWN = "*";

  private static final Pattern RESOURCE = Pattern.compile("resource '([^']+)'");

  private final List<IAlarmAction> actions = new ArrayList<>();

  /** Adds one. */
  public void add(IAlarmAction action) {
    actions.add(requireNonNull(action, "alarmAction"));
  }

  /**
   * Gives an alarm all actions. CloudWatch acts on what is in the alarm's own Region, which may be
   * of another account.
   *
   * @throws IllegalArgumentException if an action is in another Region, or there are more than 5
   */
  public void of(Construct watcher, Alarm alarm) {
    Findings findings = new Findings(watcher);
    findings.errorIf(
        actions.size() > MOST,
        "alarmAction received %s actions, but an alarm takes %s; let one topic tell the others"
            .formatted(actions.size(), MOST));
    if (actions.isEmpty()) {
      return;
    }
    actions.forEach(alarm::addAlarmAction);
    String here = Stack.of(alarm).getRegion();
    for (String arn : arns(findings, alarm)) {
      String[] parts = arn.split(":", REGION_OF_ARN + 2);
      findings.errorIf(
          parts.length > REGION_OF_ARN
              && isKnown(parts[REGION_OF_ARN])
              && isKnown(here)
              && !parts[REGION_OF_ARN].equals(here),
          """
          alarmAction received %s, but takes only what is in the alarm's own Region, %s; name a \
          topic there"""
              .formatted(arn, here));
    }
  }

  private static boolean isKnown(String region) {
    return !region.isEmpty() && !region.equals(UNKNOWN) && !Tokens.isUnresolved(region);
  }

  /** The bound actions as the template will name them: the ARN of a topic here is a reference. */
  private static List<String> arns(Findings findings, Alarm alarm) {
    CfnAlarm resource = (CfnAlarm) alarm.getNode().getDefaultChild();
    try {
      return Stack.of(alarm).resolve(resource.getAlarmActions()) instanceof List<?> arns
          ? arns.stream().map(AlarmActions::text).toList()
          : List.of();
    } catch (RuntimeException unnamed) {
      // The CDK refuses what a stack of another account or Region makes; only its words say which.
      Matcher made = RESOURCE.matcher(String.valueOf(unnamed.getMessage()));
      throw findings.error(
          """
          alarmAction received %s, which is made in a stack of another account or Region, where the \
          alarm's, of %s, cannot refer to it; give both stacks the same env, or name a topic of the \
          alarm's own Region"""
              .formatted(made.find() ? made.group(1) : "an action", Place.of(Stack.of(alarm))));
    }
  }

  private static String text(Object resolved) {
    if (resolved instanceof String text) {
      return text;
    }
    if (resolved instanceof Map<?, ?> intrinsic
        && intrinsic.get("Fn::Join") instanceof List<?> join
        && join.get(1) instanceof List<?> parts) {
      StringBuilder text = new StringBuilder();
      parts.forEach(part -> text.append(part instanceof String known ? known : UNKNOWN));
      return text.toString();
    }
    return UNKNOWN;
  }
}
