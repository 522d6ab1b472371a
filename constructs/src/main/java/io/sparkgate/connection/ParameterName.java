package io.sparkgate.connection;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands below the prefix: ten names at most, because one GetParameters takes no more. */
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
  PYSPARK("pyspark", "What a client must install, for pip");

  private final String name;
  private final String description;

  ParameterName(String name, String description) {
    this.name = name;
    this.description = description;
  }

  /** As the id of a construct. */
  String id() {
    return Stream.of(name.split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  static List<String> below(String prefix) {
    return Stream.of(values()).map(parameter -> parameter.in(prefix)).toList();
  }

  String in(String prefix) {
    return prefix + "/" + name;
  }

  String description() {
    return description;
  }
}
