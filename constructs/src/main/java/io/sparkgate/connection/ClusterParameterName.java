package io.sparkgate.connection;

/** What stands below the prefix of a cluster: ten at most, as {@link ParameterName}. */
enum ClusterParameterName implements Parameter {
  CLUSTER_ID("cluster-id", "The cluster whose primary node serves Spark Connect"),
  PRIMARY_INSTANCE_ID("primary-instance-id", "The EC2 instance that a tunnel ends at"),
  ENDPOINT("endpoint", "Host and port to call without a tunnel"),
  AUTHENTICATION("authentication", "What the endpoint asks of callers: mutual-tls or token"),
  TOKEN_SECRET_ARN("token-secret-arn", "Where the token is that callers present"),
  SESSION_DOCUMENT("session-document", "The document of Session Manager that opens a tunnel"),
  DEVELOPER_ROLE_ARN("developer-role-arn", "What a data scientist assumes first"),
  SPARK_VERSION("spark-version", "The version of Spark, which the client's PySpark must equal"),
  PYTHON_VERSION("python-version", "What Python functions need in the client"),
  PYSPARK("pyspark", "What a client must install, for pip");

  private final String name;
  private final String description;

  ClusterParameterName(String name, String description) {
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
