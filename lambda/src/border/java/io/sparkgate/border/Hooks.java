package io.sparkgate.border;

/** The custom resources of the lifecycle, and their properties. */
public final class Hooks {

  public static final String BEFORE_UPDATE = "Custom::SparkgateBeforeUpdate";
  public static final String BEFORE_DELETE = "Custom::SparkgateBeforeDelete";

  public static final String POLICY = "Policy";
  public static final String REFUSE = "REFUSE";
  public static final String DRAIN = "DRAIN";
  public static final String TERMINATE = "TERMINATE";

  /** Before a deletion only: CloudFormation leaves the application behind. */
  public static final String RETAIN = "RETAIN";

  /** Of {@link #DRAIN}. */
  public static final String MAX_WAIT_MINUTES = "MaxWaitMinutes";

  public static final String APPLICATION_LOGICAL_ID = "ApplicationLogicalId";
  public static final String FINGERPRINT = "Fingerprint";
  public static final String WHILE_STARTED = "WhileStarted";
  public static final String REFERENCES = "References";

  public static final String APPLICATION_ID = "ApplicationId";

  private Hooks() {}
}
