package io.sparkgate.dashboard;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.amazon.awscdk.services.cloudwatch.YAxisProps;

/** Widgets in the sizes and with the axes that all of a dashboard share. */
final class Widgets {

  /** CloudWatch divides the page into so many columns. */
  static final int COLUMNS = 24;

  private static final int HEIGHT = 6;
  private static final int THIRD = 3;

  private Widgets() {}

  /** Lines in a widget that is a third of the page. */
  static IWidget lines(String title, String unit, List<? extends IMetric> metrics) {
    return lines(THIRD, title, unit, metrics);
  }

  /** Lines in a widget that shares the page's width with so many, itself included. */
  static IWidget lines(int ofRow, String title, String unit, List<? extends IMetric> metrics) {
    return graph(ofRow, title, unit, metrics).build();
  }

  /** Areas, one upon the other. */
  static IWidget stacked(String title, String unit, List<? extends IMetric> metrics) {
    return graph(THIRD, title, unit, metrics).stacked(true).build();
  }

  static IWidget text(int height, String markdown) {
    return TextWidget.Builder.create().width(COLUMNS).height(height).markdown(markdown).build();
  }

  private static GraphWidget.Builder graph(
      int ofRow, String title, String unit, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create()
        .title(title)
        .width(COLUMNS / ofRow)
        .height(HEIGHT)
        .left(metrics)
        .leftYAxis(YAxisProps.builder().min(0).label(unit).showUnits(false).build());
  }
}
