package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.kinesis.IStream;

/**
 * A stream of Kinesis Data Streams, before it is said what is done with it. The connector is part
 * of the releases; its endpoint is reached in a VPC only.
 *
 * <p>The actions are those that the connector asks for (awslabs/spark-sql-kinesis-connector,
 * README, read in November 2026).
 */
public final class StreamSource {

  private final IStream stream;

  StreamSource(IStream stream) {
    this.stream = requireNonNull(stream, "stream");
  }

  /**
   * Reads by polling, which shares the stream's throughput with other readers.
   *
   * @return the access
   */
  public SourceAccess read() {
    return new Access(stream, SourcePermissions.streamRead(stream.getStreamArn()), false);
  }

  /**
   * Reads as a consumer of its own, with 2 MB/s from each shard, billed besides (enhanced fan-out).
   *
   * @param consumerName what the option {@code kinesis.consumerName} says; 1 to 128 of {@code
   *     a-zA-Z0-9_.-}
   * @return the access
   * @throws IllegalArgumentException if it is no name of one consumer
   */
  public SourceAccess readAsConsumer(String consumerName) {
    String consumer =
        Arns.name("DataSource.stream", "consumer name", consumerName, "[a-zA-Z0-9_.-]{1,128}");
    return new Access(
        stream, SourcePermissions.streamFanOut(stream.getStreamArn(), consumer), false);
  }

  /**
   * Writes records.
   *
   * @return the access
   */
  public SourceAccess write() {
    return new Access(stream, SourcePermissions.streamWrite(stream.getStreamArn()), true);
  }

  private static final class Access extends SourceAccess {

    private final IStream stream;
    private final List<Statement> statements;
    private final boolean writes;

    Access(IStream stream, List<Statement> statements, boolean writes) {
      super("DataSource.stream '%s'".formatted(stream.getNode().getPath()));
      this.stream = stream;
      this.statements = statements;
      this.writes = writes;
    }

    @Override
    List<Statement> statements() {
      return statements;
    }

    /** A producer needs a data key, and decrypts nothing. */
    @Override
    List<KeyUse> keys() {
      return Optional.ofNullable(stream.getEncryptionKey())
          .map(
              key ->
                  writes
                      ? new KeyUse(key, "kinesis", List.of("kms:GenerateDataKey"))
                      : KeyUse.reading(key, "kinesis"))
          .stream()
          .toList();
    }

    @Override
    Optional<Owned> owned() {
      return Optional.of(
          Owned.withoutPolicy(
              stream,
              stream.getStreamArn(),
              "streamName",
              "make a role there, use DataSource.assumedRole and the option kinesis.stsRoleArn"));
    }

    @Override
    String since() {
      return "emr-7.1.0";
    }

    @Override
    public List<PrivateEndpoint> endpoints() {
      return List.of(PrivateEndpoint.of("kinesis-streams"));
    }

    @Override
    public boolean needsVpc() {
      return true;
    }
  }
}
