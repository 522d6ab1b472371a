package io.sparkgate.spark;

import io.sparkgate.network.PrivateEndpoint;
import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * Something that the sessions and job runs of an application get, as one value: what Spark is told,
 * what the execution role may, and which ways the network must have.
 *
 * <p>{@code toString()} is its name in errors, such as {@code Catalog.glue}. What an implementation
 * does not need, it leaves out.
 */
public interface Feature {

  /**
   * Returns what the application's Spark starts with.
   *
   * @param target of which application
   * @return settings, which are joined with those of other features
   */
  default List<Classification> settings(FeatureTarget target) {
    return List.of();
  }

  /**
   * Returns what an application of Hive starts with. By default what Spark would: an application of
   * Hive refuses what only Spark reads.
   *
   * @param target of which application
   * @return settings, which are joined with those of other features
   */
  default List<Classification> settingsOfHive(FeatureTarget target) {
    return settings(target);
  }

  /**
   * Lets a role use it.
   *
   * @param executionRole the role that sessions and job runs act as
   * @return the grant
   */
  default Grant grantTo(IGrantable executionRole) {
    return Grant.drop(executionRole, this + " needs no permission");
  }

  /**
   * Returns the AWS services that workers call for it.
   *
   * @return endpoints that a network without a way out must have
   */
  default List<PrivateEndpoint> endpoints() {
    return List.of();
  }

  /**
   * Says whether only a VPC leads there.
   *
   * @return true if an application without a VPC cannot have it
   */
  default boolean needsVpc() {
    return false;
  }

  /**
   * Says whether only a network with a way out leads there, such as one with a NAT gateway, because
   * no endpoint does.
   *
   * @return true if an application in isolated subnets cannot have it
   */
  default boolean needsWayOut() {
    return false;
  }

  /**
   * Says why this application cannot have it.
   *
   * @param target which application
   * @return sentences, each an error at synthesis; none if all is well
   */
  default List<String> problems(FeatureTarget target) {
    return List.of();
  }
}
