package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.AlarmActions;
import io.sparkgate.serverless.IEmrServerlessApplication;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.constructs.Construct;

/**
 * The setters of what watches applications and raises an alarm.
 *
 * @param <B> the builder
 */
public abstract class WatchSetters<B extends WatchSetters<B>> {

  final Construct scope;
  final String id;
  final Watched watched = new Watched();
  final AlarmActions alarmActions = new AlarmActions();

  /**
   * Starts a builder.
   *
   * @param scope the parent construct
   * @param id the construct id
   */
  protected WatchSetters(Construct scope, String id) {
    this.scope = requireNonNull(scope, "scope");
    this.id = requireNonNull(id, "id");
  }

  /** {@return this builder} */
  protected abstract B self();

  /**
   * Adds an application to watch, made here or elsewhere. Required, up to 500 times; each hundred
   * have a function of their own.
   *
   * @param application one of this stack's account and Region
   * @return this builder
   */
  public B watch(IEmrServerlessApplication application) {
    watched.add(application);
    return self();
  }

  /**
   * Adds what happens when an alarm goes off. Default: alarms only show their state.
   *
   * @param alarmAction for example an SnsAction, of a topic in the same Region
   * @return this builder
   */
  public B alarmAction(IAlarmAction alarmAction) {
    alarmActions.add(alarmAction);
    return self();
  }
}
