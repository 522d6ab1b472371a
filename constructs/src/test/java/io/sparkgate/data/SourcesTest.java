package io.sparkgate.data;

import static io.sparkgate.data.Granted.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.network.PrivateEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;

class SourcesTest {

  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
  private static final String STREAM = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
  private static final String KAFKA = "arn:aws:kafka:eu-west-1:111122223333:";
  private static final String CLUSTER = KAFKA + "cluster/events/0a1b-1";
  private static final String EXPRESS =
      "arn:aws:s3express:eu-north-1:111122223333:bucket/hot--eun1-az1--x-s3";

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void readsASecretByItsWholeArn() {
    String arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";

    SourceAccess access = DataSource.secret(Secret.fromSecretCompleteArn(stack, "Secret", arn));

    assertThat(Granted.statements(stack, access))
        .containsExactly(allow("secretsmanager:GetSecretValue", arn));
    assertThat(access.endpoints()).containsExactly(PrivateEndpoint.SECRETS_MANAGER);
    assertThat(access.needsVpc()).isFalse();
  }

  @Test
  void leavesOpenOnlyTheSixCharactersOfASecretThatIsImportedByName() {
    assertThat(
            Granted.statements(
                    stack, DataSource.secret(Secret.fromSecretNameV2(stack, "Secret", "db")))
                .toString())
        .contains(":secret:db-??????");
  }

  @Test
  void decryptsASecretWithItsOwnKey() {
    Key key = Key.Builder.create(stack, "Key").build();
    Secret secret = Secret.Builder.create(stack, "Secret").encryptionKey(key).build();

    assertThat(Granted.statements(stack, DataSource.secret(secret)))
        .containsExactlyInAnyOrder(
            allow("kms:Decrypt", stack.resolve(key.getKeyArn())),
            allow("secretsmanager:GetSecretValue", stack.resolve(secret.getSecretArn())));
  }

  @Test
  void letsTheConnectorReadATableWhichAGatewayLeadsTo() {
    ITable table = Table.fromTableArn(stack, "Table", TABLE);

    assertThat(Granted.statements(stack, DataSource.table(table).read()))
        .containsExactly(
            allow(List.of("dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:Scan"), TABLE));
    assertThat(DataSource.table(table).read().endpoints())
        .containsExactly(PrivateEndpoint.DYNAMODB);
    assertThat(PrivateEndpoint.of("dynamodb").isGateway()).isTrue();
  }

  @Test
  void letsTheConnectorWriteATable() {
    ITable table = Table.fromTableArn(stack, "Table", TABLE);

    assertThat(Granted.statements(stack, DataSource.table(table).readWrite()))
        .containsExactly(
            allow(List.of("dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:Scan"), TABLE),
            allow(List.of("dynamodb:BatchWriteItem", "dynamodb:DescribeTable"), TABLE));
    assertThat(DataSource.table(table).write().statements()).hasSize(1);
  }

  @Test
  void readsAStreamByPolling() {
    SourceAccess access = DataSource.stream(stream()).read();

    assertThat(Granted.statements(stack, access))
        .containsExactly(
            allow(
                List.of(
                    "kinesis:DescribeStreamSummary",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards"),
                STREAM));
    assertThat(access.needsVpc()).isTrue();
    assertThat(access.endpoints()).containsExactly(PrivateEndpoint.of("kinesis-streams"));
  }

  @Test
  void readsAStreamAsOneConsumer() {
    assertThat(Granted.statements(stack, DataSource.stream(stream()).readAsConsumer("spark")))
        .contains(
            allow(
                List.of(
                    "kinesis:DeregisterStreamConsumer",
                    "kinesis:DescribeStreamConsumer",
                    "kinesis:SubscribeToShard"),
                STREAM + "/consumer/spark:*"));
  }

  @Test
  void writesAStreamAndDecryptsNothing() {
    Key key = Key.Builder.create(stack, "Key").build();
    Stream stream = Stream.Builder.create(stack, "Stream").encryptionKey(key).build();

    assertThat(Granted.statements(stack, DataSource.stream(stream).write()))
        .containsExactlyInAnyOrder(
            allow("kms:GenerateDataKey", stack.resolve(key.getKeyArn())),
            allow(
                List.of(
                    "kinesis:DescribeStreamSummary",
                    "kinesis:ListShards",
                    "kinesis:PutRecord",
                    "kinesis:PutRecords"),
                stack.resolve(stream.getStreamArn())));
  }

  @Test
  void refusesAConsumerWithAWildcard() {
    assertThatThrownBy(() -> DataSource.stream(stream()).readAsConsumer("*"))
        .hasMessage(
            "DataSource.stream received the consumer name '*', but takes one name without wildcards ([a-zA-Z0-9_.-]{1,128})");
  }

  @Test
  void readsTopicsByTheirNames() {
    SourceAccess access = DataSource.kafka(CLUSTER, "orders").read();

    assertThat(Granted.statements(stack, access))
        .containsExactly(
            allow("kafka-cluster:Connect", CLUSTER),
            allow(
                List.of("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"),
                KAFKA + "topic/events/0a1b-1/orders"),
            allow(
                List.of("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"),
                KAFKA + "group/events/0a1b-1/spark-kafka-*"));
    assertThat(access.needsVpc()).isTrue();
  }

  @Test
  void writesTopicsAndReadsInGroupsThatAreNamed() {
    assertThat(
            Granted.statements(
                stack, DataSource.kafka(CLUSTER, "orders").groups("mine").readWrite()))
        .contains(
            allow(
                List.of("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"),
                KAFKA + "group/events/0a1b-1/mine"),
            allow(List.of("kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"), CLUSTER),
            allow(
                List.of("kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"),
                KAFKA + "topic/events/0a1b-1/orders"));
  }

  @Test
  void cutsTheArnOfAClusterThatIsKnownOnlyWhenTheStackIsDeployed() {
    CfnParameter arn = CfnParameter.Builder.create(stack, "Arn").build();

    assertThat(
            Granted.statements(stack, DataSource.kafka(arn.getValueAsString(), "orders").write())
                .toString())
        .contains("{Fn::Select=[1, {Fn::Split=[:cluster/, {Ref=Arn}]}]}, /orders");
  }

  @Test
  void refusesAKafkaClusterOrATopicWithAWildcardAndNoTopicAtAll() {
    assertThatThrownBy(() -> DataSource.kafka(CLUSTER.replace("events", "*"), "orders"))
        .hasMessage(
            "DataSource.kafka received '%s', but takes one whole ARN without wildcards, such as arn:aws:kafka:eu-west-1:111122223333:cluster/events/0a1b2c3d-4e5f-1"
                .formatted(CLUSTER.replace("events", "*")));
    assertThatThrownBy(() -> DataSource.kafka(CLUSTER, "orders.*"))
        .hasMessageStartingWith("DataSource.kafka received the topic 'orders.*', but takes one");
    assertThatThrownBy(() -> DataSource.kafka(CLUSTER))
        .hasMessage(
            "DataSource.kafka received no topic, but takes one or more; name those that are used");
    assertThatThrownBy(() -> DataSource.kafka(CLUSTER, "orders").groups())
        .hasMessage(
            "DataSource.kafka: groups received none, but takes one or more; leave it out for Spark's own");
  }

  @Test
  void entersOneDatabaseOfARedshiftClusterAsOneUser() {
    SourceAccess access =
        DataSource.redshiftCluster("warehouse", "dev", "spark")
            .tempDirectory(
                DataSource.bucket(Bucket.fromBucketName(stack, "Temp", "temp")).below("redshift"));
    List<Object> statements = Granted.statements(stack, access);

    assertThat(statements).hasSize(4);
    assertThat(statements.get(0).toString())
        .contains("Action=redshift:GetClusterCredentials")
        .contains(":dbname:warehouse/dev")
        .contains(":dbuser:warehouse/spark");
    assertThat(statements.get(1).toString())
        .contains("Action=redshift:DescribeClusters")
        .contains(":cluster:warehouse");
    assertThat(statements.get(3).toString()).contains(":s3:::temp/redshift/*");
    assertThat(access.endpoints()).containsExactly(PrivateEndpoint.of("redshift"));
    assertThat(access.needsVpc()).isTrue();
  }

  @Test
  void entersAWorkgroupOfRedshiftServerless() {
    String arn = "arn:aws:redshift-serverless:eu-west-1:111122223333:workgroup/0a1b";
    SourceAccess access =
        DataSource.redshiftWorkgroup(arn)
            .tempDirectory(DataSource.bucket(Bucket.fromBucketName(stack, "Temp", "temp")));

    assertThat(Granted.statements(stack, access))
        .contains(
            allow(
                List.of("redshift-serverless:GetCredentials", "redshift-serverless:GetWorkgroup"),
                arn));
    assertThat(access.endpoints()).containsExactly(PrivateEndpoint.of("redshift-serverless"));
  }

  @Test
  void refusesAUserOfRedshiftWithAWildcard() {
    assertThatThrownBy(() -> DataSource.redshiftCluster("warehouse", "dev", "*"))
        .hasMessage(
            "DataSource.redshiftCluster received the user '*', but takes one name without wildcards ([^*?/\\s]{1,127})");
  }

  @Test
  void opensSessionsOfADirectoryBucketAndReadsOnlyReadOnly() {
    assertThat(Granted.statements(stack, DataSource.directoryBucket(EXPRESS).read()))
        .containsExactly(
            allow(
                "s3express:CreateSession",
                EXPRESS,
                Map.of("StringEquals", Map.of("s3express:SessionMode", "ReadOnly"))));
    assertThat(DataSource.directoryBucket(EXPRESS).readWrite().statements()).hasSize(1);
    assertThat(DataSource.directoryBucket(EXPRESS).read().endpoints())
        .containsExactly(PrivateEndpoint.S3_EXPRESS);
  }

  @Test
  void refusesAllDirectoryBuckets() {
    assertThatThrownBy(() -> DataSource.directoryBucket("*"))
        .hasMessage(
            "DataSource.directoryBucket received '*', but takes one whole ARN without wildcards, such as "
                + EXPRESS);
  }

  @Test
  void asksTheAccessGrantsOfTheAccountsThatAreNamed() {
    String arn = "arn:aws:s3:eu-west-1:444455556666:access-grants/default";

    assertThat(Granted.statements(stack, DataSource.accessGrants(arn)))
        .containsExactly(
            allow(List.of("s3:GetAccessGrantsInstanceForPrefix", "s3:GetDataAccess"), arn));
    assertThat(
            stack.resolve(
                DataSource.accessGrants().statements().get(0).toPolicyStatement().getResources()))
        .asString()
        .contains("{Ref=AWS::AccountId}, :access-grants/default");
    assertThatThrownBy(() -> DataSource.accessGrants(arn + "/grant/*"))
        .hasMessageStartingWith(
            "DataSource.accessGrants received '%s/grant/*', but takes".formatted(arn));
    assertThatThrownBy(() -> DataSource.accessGrants(new String[0]))
        .hasMessage(
            "DataSource.accessGrants received no ARN, but takes one or more; leave the list out for the application's own account");
  }

  private IStream stream() {
    return Stream.fromStreamArn(stack, "Stream", STREAM);
  }
}
