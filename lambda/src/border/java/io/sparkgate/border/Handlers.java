package io.sparkgate.border;

/** The classes that Lambda calls. */
public final class Handlers {

  public static final String REAPER = "io.sparkgate.function.reaper.sweep.ReaperHandler";
  public static final String GUARD = "io.sparkgate.function.watch.SessionGuardHandler";
  public static final String TAKEOVER_ALARM = "io.sparkgate.function.watch.TakeoverHandler";
  public static final String LIFECYCLE = "io.sparkgate.function.lifecycle.LifecycleHandler";
  public static final String MONITOR = "io.sparkgate.function.monitor.MonitorHandler";
  public static final String WARM_HOURS = "io.sparkgate.function.warm.WarmHoursHandler";
  public static final String CLUSTER = "io.sparkgate.function.cluster.ClusterHandler";
  public static final String CLUSTER_REAPER =
      "io.sparkgate.function.cluster.reaper.ClusterReaperHandler";

  private Handlers() {}
}
