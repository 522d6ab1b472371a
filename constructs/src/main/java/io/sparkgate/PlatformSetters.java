package io.sparkgate;

import static java.util.Objects.requireNonNull;

import io.sparkgate.SparkConnectPlatform.Builder;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.lifecycle.ApplicationLifecycle;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.iam.IRole;

/** The setters of a platform's builder. */
abstract class PlatformSetters {

  Consumer<EmrServerlessApplication.Builder> application = settings -> {};
  Consumer<IdleSessionReaper.Builder> reaper = settings -> {};
  Consumer<ApplicationLifecycle.Builder> lifecycle = settings -> {};
  final List<IAlarmAction> alarmActions = new ArrayList<>();
  @Nullable SparkConnectNetwork network;
  @Nullable IRole executionRole;
  SessionOwner sessionOwner = SessionOwner.userId();

  abstract Builder self();

  /**
   * Keeps workers started while the application is, so that sessions start in seconds. Default:
   * none, because a warm pool is billed while the application is started.
   *
   * @param warmPool the workers
   * @return this builder
   */
  public Builder warmPool(WarmPool warmPool) {
    return application(settings -> settings.warmPool(warmPool));
  }

  /**
   * Sets which sessions the reaper terminates. Default: that of {@link
   * IdleSessionReaper.Builder#policy}.
   *
   * @param idlePolicy the policy
   * @return this builder
   */
  public Builder idlePolicy(IdlePolicy idlePolicy) {
    return reaper(settings -> settings.policy(idlePolicy));
  }

  /**
   * Sets the network. Default: a new one that costs nothing while unused, without a way out; see
   * {@link SparkConnectNetwork}.
   *
   * @param network the network
   * @return this builder
   */
  public Builder network(SparkConnectNetwork network) {
    this.network = requireNonNull(network, "network");
    return self();
  }

  /**
   * Sets the role that sessions run as. Default: a new one without permissions.
   *
   * @param executionRole a role that emr-serverless.amazonaws.com may assume
   * @return this builder
   */
  public Builder executionRole(IRole executionRole) {
    this.executionRole = requireNonNull(executionRole, "executionRole");
    return self();
  }

  /**
   * Sets how the owner of a session is recognised. Default: {@link SessionOwner#userId()}.
   *
   * @param sessionOwner the owner
   * @return this builder
   */
  public Builder sessionOwner(SessionOwner sessionOwner) {
    this.sessionOwner = requireNonNull(sessionOwner, "sessionOwner");
    return self();
  }

  /**
   * Changes any setting of the application, such as its release or its limit. Default: those of
   * {@link EmrServerlessApplication}, in the platform's network.
   *
   * @param settings is given the application's builder
   * @return this builder
   */
  public Builder application(Consumer<EmrServerlessApplication.Builder> settings) {
    application = application.andThen(settings);
    return self();
  }

  /**
   * Changes any setting of the reaper, such as its interval or its alarms. Default: those of {@link
   * IdleSessionReaper}.
   *
   * @param settings is given the reaper's builder
   * @return this builder
   */
  public Builder reaper(Consumer<IdleSessionReaper.Builder> settings) {
    reaper = reaper.andThen(settings);
    return self();
  }

  /**
   * Sets what an update and a deletion do about live sessions. Default: both are refused, see
   * {@link ApplicationLifecycle}.
   *
   * @param settings is given the lifecycle's builder
   * @return this builder
   */
  public Builder lifecycle(Consumer<ApplicationLifecycle.Builder> settings) {
    lifecycle = lifecycle.andThen(settings);
    return self();
  }

  /**
   * Adds what happens when an alarm of the reaper or the guard goes off. Default: alarms only show
   * their state.
   *
   * @param alarmAction for example an SnsAction
   * @return this builder
   */
  public Builder alarmAction(IAlarmAction alarmAction) {
    alarmActions.add(requireNonNull(alarmAction, "alarmAction"));
    return self();
  }
}
