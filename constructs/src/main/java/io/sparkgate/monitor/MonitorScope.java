package io.sparkgate.monitor;

import io.sparkgate.internal.Findings;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.watch.Watcher;
import java.util.List;
import software.amazon.awscdk.services.ec2.ISubnet;

/**
 * What a monitor tells of. A metric of anything else has no data for ever, and its alarm is
 * content.
 */
abstract class MonitorScope extends Watcher {

  private final List<String> subnetIds;

  MonitorScope(MonitorSetters<?> props, int charactersOfIds) {
    super(props, charactersOfIds);
    subnetIds = props.subnets.stream().map(ISubnet::getSubnetId).toList();
  }

  /**
   * {@return whether it tells of an application}
   *
   * @param application any
   */
  public boolean watches(IEmrServerlessApplication application) {
    return applications().stream()
        .map(IEmrServerlessApplication::getApplicationId)
        .anyMatch(application.getApplicationId()::equals);
  }

  /** {@return the subnets whose free addresses it tells} */
  public List<String> getSubnetIds() {
    return subnetIds;
  }

  void check(IEmrServerlessApplication application) {
    new Findings(this)
        .errorIf(
            !watches(application),
            () ->
                """
                a metric was asked for of %s, but there are metrics only of what the monitor \
                watches; call watch(application) of its builder too"""
                    .formatted(application.getNode().getPath()));
  }

  void check(ISubnet subnet) {
    new Findings(this)
        .errorIf(
            !subnetIds.contains(subnet.getSubnetId()),
            () ->
                """
                a metric was asked for of %s, but there are metrics only of the monitor's subnets; \
                name it by subnets(…) of its builder too"""
                    .formatted(subnet.getNode().getPath()));
  }
}
