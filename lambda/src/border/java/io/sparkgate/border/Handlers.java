package io.sparkgate.border;

/** The classes that Lambda calls. */
public final class Handlers {

  public static final String REAPER = "io.sparkgate.function.reaper.sweep.ReaperHandler";
  public static final String GUARD = "io.sparkgate.function.watch.SessionGuardHandler";
  public static final String TAKEOVER_ALARM = "io.sparkgate.function.watch.TakeoverHandler";
  public static final String LIFECYCLE = "io.sparkgate.function.lifecycle.LifecycleHandler";

  private Handlers() {}
}
