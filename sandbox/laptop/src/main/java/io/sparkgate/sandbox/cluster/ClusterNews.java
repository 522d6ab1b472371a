package io.sparkgate.sandbox.cluster;

/** Is told what becomes of a cluster, in order, so that a console can show it. */
public interface ClusterNews {

  /**
   * The cluster's change of state.
   *
   * @param state in EMR's words, for example {@code WAITING}
   * @param why empty where the state says all
   */
  void state(String clusterId, String state, String why);

  /** Something else that happened. */
  void news(String clusterId, String text);
}
