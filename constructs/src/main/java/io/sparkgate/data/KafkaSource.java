package io.sparkgate.data;

import io.sparkgate.internal.Place;
import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Fn;

/**
 * Topics of a cluster of Amazon MSK, provisioned or serverless, that asks for IAM, before it is
 * said what is done with them. Brokers are in your VPC: their security group must admit the
 * workers'.
 */
public final class KafkaSource {

  private static final String NAME = "[a-zA-Z0-9._-]{1,249}";

  private final String clusterArn;
  private final List<String> topics;
  private final List<String> groups;

  KafkaSource(String clusterArn, List<String> topics) {
    this(
        Arns.require(
            "DataSource.kafka",
            clusterArn,
            "arn:[a-z-]+:kafka:[a-z0-9-]+:\\d{12}:cluster/[^/*?]+/[^/*?]+",
            "arn:aws:kafka:eu-west-1:111122223333:cluster/events/0a1b2c3d-4e5f-1"),
        topics.stream().map(topic -> Arns.name("DataSource.kafka", "topic", topic, NAME)).toList(),
        // As Spark names the groups of its readers: spark-kafka-source-…, spark-kafka-relation-….
        List.of("spark-kafka-*"));
    if (topics.isEmpty()) {
      throw new IllegalArgumentException(
          "DataSource.kafka received no topic, but takes one or more; name those that are used");
    }
  }

  private KafkaSource(String clusterArn, List<String> topics, List<String> groups) {
    this.clusterArn = clusterArn;
    this.topics = topics;
    this.groups = groups;
  }

  /**
   * Sets the consumer groups that readers name with {@code kafka.group.id}. Default: those that
   * Spark makes up, which begin with {@code spark-kafka-}.
   *
   * @param groupIds whole names, one or more
   * @return the same, with these groups
   * @throws IllegalArgumentException if there is none, or one with wildcards
   */
  public KafkaSource groups(String... groupIds) {
    if (groupIds.length == 0) {
      throw new IllegalArgumentException(
          "DataSource.kafka: groups received none, but takes one or more; leave it out for Spark's own");
    }
    return new KafkaSource(
        clusterArn,
        topics,
        Arrays.stream(groupIds)
            .map(group -> Arns.name("DataSource.kafka", "group", group, NAME))
            .toList());
  }

  /**
   * Reads the topics.
   *
   * @return the access
   */
  public SourceAccess read() {
    return new Access(this, reading());
  }

  /**
   * Writes the topics.
   *
   * @return the access
   */
  public SourceAccess write() {
    return new Access(this, writing());
  }

  /**
   * Reads and writes the topics.
   *
   * @return the access
   */
  public SourceAccess readWrite() {
    return new Access(this, Stream.concat(reading().stream(), writing().stream()).toList());
  }

  private List<Statement> reading() {
    return SourcePermissions.kafkaRead(clusterArn, arns("topic", topics), arns("group", groups));
  }

  private List<Statement> writing() {
    return SourcePermissions.kafkaWrite(clusterArn, arns("topic", topics));
  }

  /** Of a token, CloudFormation cuts the ARN. */
  private List<String> arns(String kind, List<String> names) {
    List<String> parts = Fn.split(":cluster/", clusterArn, 2);
    return names.stream()
        .map(name -> "%s:%s/%s/%s".formatted(parts.get(0), kind, parts.get(1), name))
        .toList();
  }

  private static final class Access extends SourceAccess {

    private final String clusterArn;
    private final List<Statement> statements;

    Access(KafkaSource source, List<Statement> statements) {
      super("DataSource.kafka %s".formatted(String.join(", ", source.topics)));
      clusterArn = source.clusterArn;
      this.statements = statements;
    }

    @Override
    List<Statement> statements() {
      return statements;
    }

    @Override
    Optional<Place> place() {
      return Arns.place(clusterArn);
    }

    @Override
    String since() {
      return "emr-7.1.0";
    }

    @Override
    public boolean needsVpc() {
      return true;
    }
  }
}
