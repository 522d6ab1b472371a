package io.sparkgate.cluster;

import java.util.List;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ec2.IConnectable;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * A cluster of EMR on EC2 whose primary node serves Spark Connect: made here, or imported. What
 * nobody told of an imported one throws, and says how to tell it.
 */
public interface ISparkConnectCluster extends IResource, IConnectable {

  /** {@return the id, such as {@code j-2AXXXXXXGAPLF}} */
  String getClusterId();

  /** {@return the ARN} */
  String getClusterArn();

  /** {@return the EC2 instance that the server runs on, once it serves} */
  String getPrimaryInstanceId();

  /**
   * {@return the security group of the primary node whose rules say who may speak with the server}
   */
  ISecurityGroup getAccessGroup();

  /**
   * {@return the name of the session document, which opens a tunnel to the server and nothing else}
   */
  String getSessionDocument();

  /** {@return the VPC of the nodes} */
  IVpc getVpc();

  /** {@return the subnets of the nodes} */
  List<ISubnet> getSubnets();

  /**
   * Lets people open a tunnel to the server through Session Manager, and end or resume the tunnels
   * that they opened. Whoever has one acts on the cluster as its node role.
   *
   * @param people who
   * @return the grant
   * @throws IllegalArgumentException if no grant can reach them
   */
  Grant grantTunnel(IGrantable people);

  /**
   * Lets people see the cluster and its steps, keep it from the reaper, and terminate it. It opens
   * no way to the server.
   *
   * @param operators who
   * @return the grant
   * @throws IllegalArgumentException if no grant can reach them
   */
  Grant grantOperate(IGrantable operators);

  /**
   * Lets people see the cluster and its steps, and denies them every session on its instances,
   * whatever else lets them.
   *
   * @param viewers who
   * @return the grant
   * @throws IllegalArgumentException if no grant can reach them
   */
  Grant grantView(IGrantable viewers);

  /**
   * Returns a metric that EMR writes of the cluster every five minutes.
   *
   * @param name for example {@code IsIdle} or {@code ContainerAllocated}
   * @return the metric, its average
   */
  Metric metric(String name);

  /**
   * Returns a metric that EMR writes of the cluster every five minutes.
   *
   * @param name for example {@code IsIdle} or {@code ContainerAllocated}
   * @param options such as statistic and period
   * @return the metric
   */
  Metric metric(String name, MetricOptions options);
}
