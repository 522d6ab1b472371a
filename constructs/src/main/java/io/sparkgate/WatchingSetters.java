package io.sparkgate;

import static java.util.Objects.requireNonNull;

import io.sparkgate.lifecycle.ApplicationLifecycle;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import java.util.function.Consumer;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.events.IEventBus;

/**
 * How a platform is watched, and what may end its sessions.
 *
 * @param <B> the builder
 */
abstract class WatchingSetters<B extends WatchingSetters<B>> extends FeatureSetters<B> {

  /**
   * Sets what the reaper terminates. Default: {@link IdleSessionReaper.Builder#idlePolicy}'s.
   *
   * @param idlePolicy the policy
   * @return this builder
   */
  public B idlePolicy(IdlePolicy idlePolicy) {
    return reaper(settings -> settings.idlePolicy(idlePolicy));
  }

  /**
   * Changes any setting of the reaper. Default: those of {@link IdleSessionReaper}.
   *
   * @param settings is given the reaper's builder
   * @return this builder
   */
  public B reaper(Consumer<IdleSessionReaper.Builder> settings) {
    parts.reaper = parts.reaper.andThen(settings);
    return self();
  }

  /**
   * Sets what updates and deletions do about sessions. Default: {@link ApplicationLifecycle}'s.
   *
   * @param settings is given the lifecycle's builder
   * @return this builder
   */
  public B lifecycle(Consumer<ApplicationLifecycle.Builder> settings) {
    parts.lifecycle = parts.lifecycle.andThen(settings);
    return self();
  }

  /**
   * Adds what an alarm of the reaper or the guard does. Default: alarms only show their state.
   *
   * @param alarmAction for example an SnsAction
   * @return this builder
   */
  public B alarmAction(IAlarmAction alarmAction) {
    parts.alarmActions.add(requireNonNull(alarmAction, "alarmAction"));
    return self();
  }

  /**
   * Tells who uses what and what that costs. Default: nobody does, because custom metrics cost
   * money; see {@link SessionMonitor}.
   *
   * @return this builder
   */
  public B monitoring() {
    return monitoring(settings -> {});
  }

  /**
   * The same, with any setting of the monitor. Default: those of {@link SessionMonitor}, and the
   * reaper's policy, the workers' subnets and the connection parameters' prefix.
   *
   * @param settings is given the monitor's builder
   * @return this builder
   */
  public B monitoring(Consumer<SessionMonitor.Builder> settings) {
    parts.isMonitored = true;
    parts.monitor = parts.monitor.andThen(settings);
    return self();
  }

  /**
   * Sets where the events of monitor and reaper go. Default: with {@link #monitoring} the account's
   * default bus, else nowhere.
   *
   * @param eventBus of the same account and Region
   * @return this builder
   */
  public B eventBus(IEventBus eventBus) {
    parts.eventBus = requireNonNull(eventBus, "eventBus");
    return self();
  }
}
