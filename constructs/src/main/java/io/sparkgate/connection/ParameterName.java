package io.sparkgate.connection;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands below a prefix. An application has ten at most, and so has a cluster, which tells the
 * role and the versions by the same names: one GetParameters takes no more.
 */
enum ParameterName {
  APPLICATION_ID("application-id", "Where Spark Connect sessions start"),
  EXECUTION_ROLE_ARN("execution-role-arn", "What a session runs as"),
  REGION("region", "The Region of the application"),
  OWNER_TAG("owner-tag", "The tag that a session must carry"),
  OWNER("owner", "What the value of that tag must be: which identity of the caller"),
  DEVELOPER_ROLE_ARN("developer-role-arn", "What a data scientist assumes first"),
  RELEASE_LABEL("release-label", "The EMR release of the application"),
  SPARK_VERSION("spark-version", "The version of Spark, which the client's PySpark must equal"),
  PYTHON_VERSION("python-version", "What Python functions need in the client"),
  PYSPARK("pyspark", "What a client must install, for pip"),

  CLUSTER_ID("cluster-id", "The cluster whose primary node serves Spark Connect"),
  PRIMARY_INSTANCE_ID("primary-instance-id", "The EC2 instance that a tunnel ends at"),
  ENDPOINT("endpoint", "Host and port to call without a tunnel"),
  AUTHENTICATION("authentication", "What the endpoint asks of callers: mutual-tls or token"),
  TOKEN_SECRET_ARN("token-secret-arn", "Where the token is that callers present"),
  SESSION_DOCUMENT("session-document", "The document of Session Manager that opens a tunnel");

  private final String lastLevel;
  private final String description;

  ParameterName(String lastLevel, String description) {
    this.lastLevel = lastLevel;
    this.description = description;
  }

  static Set<ParameterName> ofApplication() {
    return EnumSet.range(APPLICATION_ID, PYSPARK);
  }

  String description() {
    return description;
  }

  /** As the id of a construct. */
  String id() {
    return Stream.of(lastLevel.split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  String in(String prefix) {
    return prefix + "/" + lastLevel;
  }
}
