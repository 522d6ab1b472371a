package io.sparkgate.dashboard;

import java.util.Arrays;
import java.util.stream.Collectors;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.constructs.Construct;

/** The text on top of a dashboard: what it is about, and where to read on. */
final class Introduction {

  private Introduction() {}

  static IWidget of(Construct dashboard, ObservedSetters<?> props) {
    String region = Stack.of(dashboard).getRegion();
    return Widgets.text(
        props.isMonitored() ? 4 : 5,
        """
        # Spark Connect on application %s
        An alarm went off: %s says what each means and what to do.%s

        Who, why, when: [CloudWatch Logs Insights](https://%s.console.aws.amazon.com/cloudwatch/home?region=%s#logsV2:logs-insights), \
        saved queries below Sparkgate.%s"""
            .formatted(
                props.observed().getApplicationId(),
                page(props.runbook),
                screens(props.runbook),
                region,
                region,
                unmonitored(props)));
  }

  private static String page(String runbook) {
    return isAddress(runbook) ? "[the page on operations](%s)".formatted(runbook) : runbook;
  }

  /** Of what is on this page, where a link can lead there. */
  private static String screens(String runbook) {
    return isAddress(runbook)
        ? Arrays.stream(AlarmKind.values())
            .map(kind -> "[%s](%s)".formatted(kind.getId(), kind.screen(runbook)))
            .collect(Collectors.joining(", ", " ", ""))
        : "";
  }

  private static boolean isAddress(String runbook) {
    return runbook.startsWith("https://");
  }

  private static String unmonitored(ObservedSetters<?> props) {
    return props.isMonitored()
        ? ""
        : "\n\n**There is no session monitor**, so nobody counts sessions, owners and dollars, and"
            + " what follows is AWS's own. A SessionMonitor, given to monitor(), adds them.";
  }
}
