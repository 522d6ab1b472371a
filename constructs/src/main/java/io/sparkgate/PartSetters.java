package io.sparkgate;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.SessionOwner;
import io.sparkgate.network.SparkConnectNetwork;
import software.amazon.awscdk.services.iam.IRole;

/**
 * What a platform may be given instead of what it would make.
 *
 * @param <B> the builder
 */
abstract class PartSetters<B extends PartSetters<B>> extends LookingSetters<B> {

  /**
   * Sets the network. Default: a new {@link SparkConnectNetwork}, without a way out.
   *
   * @param network the network
   * @return this builder
   */
  public B network(SparkConnectNetwork network) {
    parts.network = requireNonNull(network, "network");
    return self();
  }

  /**
   * Sets the role that sessions run as. Default: a new one without permissions.
   *
   * @param executionRole a role that emr-serverless.amazonaws.com may assume
   * @return this builder
   */
  public B executionRole(IRole executionRole) {
    parts.executionRole = requireNonNull(executionRole, "executionRole");
    return self();
  }

  /**
   * Sets how the owner of a session is recognised. Default: {@link SessionOwner#userId()}.
   *
   * @param sessionOwner the owner
   * @return this builder
   */
  public B sessionOwner(SessionOwner sessionOwner) {
    parts.sessionOwner = requireNonNull(sessionOwner, "sessionOwner");
    return self();
  }
}
