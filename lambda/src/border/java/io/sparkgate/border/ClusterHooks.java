package io.sparkgate.border;

/**
 * The custom resources of a cluster, their properties, their attribute, and for how long the
 * function waits. What clears the way for a deletion has {@link Hooks#POLICY} and {@link
 * Hooks#MAX_WAIT_MINUTES} too.
 */
public final class ClusterHooks {

  /** Complete when the step has brought the server up; has {@link #PRIMARY_INSTANCE_ID}. */
  public static final String SERVER = "Custom::SparkgateServer";

  /** Complete when the load balancer finds the server healthy. */
  public static final String TARGET = "Custom::SparkgateTarget";

  /** Refuses to replace the cluster unless {@link #GENERATION} changes with it. */
  public static final String BEFORE_REPLACEMENT = "Custom::SparkgateBeforeReplacement";

  /** The word of {@link Hooks#BEFORE_DELETE}, of a cluster. */
  public static final String BEFORE_DELETE = Hooks.BEFORE_DELETE;

  /** Of {@link #SERVER} and {@link #BEFORE_DELETE}. */
  public static final String CLUSTER_ID = "ClusterId";

  /** Of {@link #SERVER}: the step that installs it. Of {@link #TARGET}, to ask after each. */
  public static final String STEP_ID = "StepId";

  /** Of {@link #SERVER}, where the cluster has one: below it stand the logs of steps. */
  public static final String LOG_URI = "LogUri";

  /** The attribute of {@link #SERVER}: the EC2 instance that the server runs on. */
  public static final String PRIMARY_INSTANCE_ID = "PrimaryInstanceId";

  /** Of {@link #TARGET}; of {@link #BEFORE_DELETE} where there is an endpoint. */
  public static final String TARGET_GROUP_ARN = "TargetGroupArn";

  /** Of {@link #TARGET}. */
  public static final String INSTANCE_ID = "InstanceId";

  /** Of {@link #TARGET}. */
  public static final String PORT = "Port";

  /** Of {@link #BEFORE_REPLACEMENT}: any text; a new one consents. */
  public static final String GENERATION = "Generation";

  /**
   * Of {@link #BEFORE_REPLACEMENT}: values by the name of what can be set at creation only. A value
   * is compared as it is written, so lists and objects are given as such or as one text.
   */
  public static final String PROPERTIES = "Properties";

  /** How long {@link #SERVER} waits before it fails, in minutes. */
  public static final int SERVER_MINUTES = 40;

  /** How long {@link #TARGET} waits before it fails, in minutes. */
  public static final int TARGET_MINUTES = 15;

  private ClusterHooks() {}
}
