package io.sparkgate.observe;

import static java.util.Objects.requireNonNull;

import io.sparkgate.application.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.constructs.Construct;

/** The setters of what watches applications and raises an alarm. */
abstract class WatchSetters<B extends WatchSetters<B>> {

  final Construct scope;
  final String id;
  private final List<IEmrServerlessApplication> watched = new ArrayList<>();
  private final List<IAlarmAction> alarmActions = new ArrayList<>();

  WatchSetters(Construct scope, String id) {
    this.scope = requireNonNull(scope, "scope");
    this.id = requireNonNull(id, "id");
  }

  abstract B self();

  /**
   * Adds an application to watch, made here or elsewhere. Required, once or more.
   *
   * @param application one of this stack's account and Region
   * @return this builder
   */
  public B watch(IEmrServerlessApplication application) {
    watched.add(requireNonNull(application, "application"));
    return self();
  }

  /**
   * Adds what happens when the alarm goes off. Default: it only shows its state.
   *
   * @param alarmAction for example an SnsAction
   * @return this builder
   */
  public B alarmAction(IAlarmAction alarmAction) {
    alarmActions.add(requireNonNull(alarmAction, "alarmAction"));
    return self();
  }

  /** What the construct watches, which is something. */
  List<IEmrServerlessApplication> watchedBy(Construct construct) {
    if (watched.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: watch received no application, but takes one or more; call watch(application)"
              .formatted(construct.getNode().getPath()));
    }
    return List.copyOf(watched);
  }

  void actOn(Alarm alarm) {
    alarmActions.forEach(alarm::addAlarmAction);
  }
}
