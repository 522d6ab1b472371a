package io.sparkgate.connection;

/**
 * What stands below the prefix of an application: ten names at most, because one GetParameters
 * takes no more.
 */
enum ParameterName implements Parameter {
  APPLICATION_ID("application-id", "Where Spark Connect sessions start"),
  EXECUTION_ROLE_ARN("execution-role-arn", "What a session runs as"),
  REGION("region", "The Region of the application"),
  OWNER_TAG("owner-tag", "The tag that a session must carry"),
  OWNER("owner", "What the value of that tag must be: which identity of the caller"),
  DEVELOPER_ROLE_ARN("developer-role-arn", "What a data scientist assumes first"),
  RELEASE_LABEL("release-label", "The EMR release of the application"),
  SPARK_VERSION("spark-version", "The version of Spark, which the client's PySpark must equal"),
  PYTHON_VERSION("python-version", "What Python functions need in the client"),
  PYSPARK("pyspark", "What a client must install, for pip");

  private final String name;
  private final String description;

  ParameterName(String name, String description) {
    this.name = name;
    this.description = description;
  }

  @Override
  public String lastLevel() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }
}
