package io.sparkgate.dashboard;

import software.amazon.awscdk.services.cloudwatch.IWidget;

/** The text on top of a dashboard: what it is about, and where to read on. */
final class Introduction {

  private Introduction() {}

  static IWidget of(ObservedSetters<?> props) {
    return Widgets.text(
        props.isMonitored() ? 3 : 4,
        """
        # Spark Connect on application %s
        An alarm went off: %s says what each means and what to do. \
        Who, why, when: CloudWatch Logs Insights, saved queries below Sparkgate.%s"""
            .formatted(
                props.observed().getApplicationId(), page(props.runbook), unmonitored(props)));
  }

  private static String page(String runbook) {
    return runbook.startsWith("https://") ? "[operations](%s)".formatted(runbook) : runbook;
  }

  private static String unmonitored(ObservedSetters<?> props) {
    return props.isMonitored()
        ? ""
        : "\n\n**There is no session monitor**, so nobody counts sessions, owners and dollars, and"
            + " what follows is AWS's own. A SessionMonitor, given to monitor(), adds them.";
  }
}
