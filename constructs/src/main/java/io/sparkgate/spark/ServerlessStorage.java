package io.sparkgate.spark;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.ArrayList;
import java.util.List;

/**
 * Shuffles of batch job runs in storage of the service instead of disks, up to 200 GB in a job run
 * of at most 24 hours. Of release 7.12.0 and later; in us-east-1, us-west-2 and eu-west-1 as AWS's
 * user guide had it in 2026. Sessions and streaming do not support it, and job runs with it take no
 * warm workers.
 */
public final class ServerlessStorage implements Feature {

  private ServerlessStorage() {}

  /**
   * Shuffles in the service's storage.
   *
   * @return the setting
   */
  public static ServerlessStorage on() {
    return new ServerlessStorage();
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    return SparkDefaults.of(Ordered.map(entry("spark.aws.serverlessStorage.enabled", "true")));
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    List<String> problems = new ArrayList<>(SparkDefaults.inSessions(target, this));
    problems.addAll(SparkDefaults.before("7.12.0", target, this));
    return problems;
  }

  @Override
  public String toString() {
    return "ServerlessStorage";
  }
}
