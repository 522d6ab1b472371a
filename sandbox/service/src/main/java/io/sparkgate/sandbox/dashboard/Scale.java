package io.sparkgate.sandbox.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * The axis of values, and where its round numbers stand.
 *
 * @param low the value at the bottom
 * @param high the value at the top
 */
record Scale(double low, double high, double step) {

  private static final int LINES = 4;

  /** One that has room for all from the least to the most. */
  static Scale of(double least, double most) {
    double span = most > least ? most - least : Math.max(1, Math.abs(most));
    double power = Math.pow(10, Math.floor(Math.log10(span / LINES)));
    double step = 10 * power;
    for (double round : new double[] {1, 2, 5}) {
      if (span / (round * power) <= LINES) {
        step = round * power;
        break;
      }
    }
    double low = Math.floor(least / step) * step;
    double high = Math.max(low + step, Math.ceil(most / step - 1e-9) * step);
    return new Scale(low, high, step);
  }

  List<Double> lines() {
    List<Double> lines = new ArrayList<>();
    for (int i = 0; low + i * step <= high + step / 2; i++) {
      lines.add(low + i * step);
    }
    return lines;
  }

  /** How far up a value is, 0 to 1. */
  double at(double value) {
    return (value - low) / (high - low);
  }
}
