package io.sparkgate.benchmark.start;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A function that can be started.
 *
 * @param task where it runs
 * @param environment what it has in addition to what Lambda gives every function
 */
record Variant(String name, Path task, List<String> command, Map<String, String> environment) {

  static final String OURS = "Sparkgate";
  static final String NAIVE = "naive Java";
  static final String BOTO3 = "Python boto3";
}
