package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.FeaturePermissions;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.FeatureTarget;
import io.sparkgate.spark.ReleaseLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.aps.CfnWorkspace;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.PrometheusMonitoringConfigurationProperty;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * Metrics of Spark, which drivers and executors write to a workspace of Amazon Managed Service for
 * Prometheus, of release 7.1.0 and later. The workers need a VPC with a way to the service {@code
 * aps-workspaces}. Whether sessions write them is assumed, not seen.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/monitor-with-prometheus.html">Monitor
 *     Spark metrics with Amazon Managed Service for Prometheus</a>
 */
public final class PrometheusMetrics implements Feature {

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:aps:([a-z0-9-]+):(\\d{12}):workspace/[\\w-]+");
  private static final ReleaseLabel FIRST = ReleaseLabel.of("emr-7.1.0");

  private final String workspaceArn;

  private PrometheusMetrics(String workspaceArn) {
    this.workspaceArn = workspaceArn;
  }

  /**
   * Metrics to a workspace of this app.
   *
   * @param workspace of the application's account and Region
   * @return the setting
   */
  public static PrometheusMetrics to(CfnWorkspace workspace) {
    return new PrometheusMetrics(workspace.getAttrArn());
  }

  /**
   * Metrics to a workspace that is there.
   *
   * @param workspaceArn {@code arn:<partition>:aps:<region>:<account>:workspace/<id>}, of the
   *     application's account and Region; may be a token
   * @return the setting
   * @throws IllegalArgumentException if this is not the ARN of a workspace
   */
  public static PrometheusMetrics toArn(String workspaceArn) {
    if (!Tokens.isUnresolved(workspaceArn) && !ARN.matcher(workspaceArn).matches()) {
      throw new IllegalArgumentException(
          "PrometheusMetrics: '%s' is not the ARN of a workspace; use one such as arn:aws:aps:eu-west-1:123456789012:workspace/ws-0123"
              .formatted(workspaceArn));
    }
    return new PrometheusMetrics(requireNonNull(workspaceArn, "workspaceArn"));
  }

  @Override
  public Grant grantTo(IGrantable executionRole) {
    return FeaturePermissions.grantWritingMetrics(executionRole, workspaceArn);
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return List.of(PrivateEndpoint.of("aps-workspaces"));
  }

  @Override
  public boolean needsVpc() {
    return true;
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    List<String> problems = new ArrayList<>();
    if (target.releaseLabel().isBefore(FIRST)) {
      problems.add(
          "releaseLabel %s has no %s; use %s or a later release"
              .formatted(target.releaseLabel(), this, FIRST));
    }
    Matcher arn = ARN.matcher(workspaceArn);
    if (arn.matches()) {
      Place there = new Place(arn.group(2), arn.group(1));
      Place here = Place.of(Stack.of(target.application()));
      if (there.differsFrom(here)) {
        problems.add(
            "%s received a workspace of %s, but the application is in %s; use one of the application's own account and Region"
                .formatted(this, there, here));
      }
    }
    return problems;
  }

  void render(MonitoringConfigurationProperty.Builder monitoring, Stack stack) {
    monitoring.prometheusMonitoringConfiguration(
        PrometheusMonitoringConfigurationProperty.builder()
            .remoteWriteUrl(
                "https://aps-workspaces.%s.%s/workspaces/%s/api/v1/remote_write"
                    .formatted(stack.getRegion(), stack.getUrlSuffix(), workspaceId()))
            .build());
  }

  private String workspaceId() {
    return requireNonNull(
        Arn.split(workspaceArn, ArnFormat.SLASH_RESOURCE_NAME).getResourceName(), "workspace");
  }

  @Override
  public String toString() {
    return "PrometheusMetrics";
  }
}
