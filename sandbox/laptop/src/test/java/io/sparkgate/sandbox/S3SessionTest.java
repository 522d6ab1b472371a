package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkgate.connect.SparkConnectClient;
import io.sparkgate.sandbox.emrserverless.Drivers;
import io.sparkgate.sandbox.s3.S3;
import io.sparkgate.sandbox.spark.Jdk17;
import io.sparkgate.sandbox.spark.SessionMemory;
import io.sparkgate.sandbox.spark.SparkDrivers;
import io.sparkgate.sandbox.spark.TlsGateway;
import io.sparkgate.sandbox.spark.WorkerPython;
import io.sparkgate.sandbox.template.Blueprint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real session that reads and writes what its execution role is granted. */
class S3SessionTest {
  private static final String URL =
      "sc://s1.s.emr-serverless-services.us-east-1.amazonaws.com:443/;use_ssl=true;x-aws-proxy-auth=t";

  @TempDir private static Path work;
  private static Path buckets;
  private static String lake;
  private static S3 s3;
  private static Drivers drivers;
  private static Started started;
  private static TlsGateway gateway;
  private static SparkConnectClient client;

  @BeforeAll
  static void start() throws Exception {
    Path jdk;
    try {
      jdk = Jdk17.find();
    } catch (IllegalStateException e) {
      assumeTrue(false, e.getMessage());
      return;
    }
    Blueprint blueprint = BucketTemplate.read(work);
    lake = blueprint.buckets().getOrDefault("Lake8F3A", "");
    buckets = work.resolve("s3");
    Buckets.of(blueprint).make(buckets);
    for (String file : List.of("theirs/data/d.csv", "theirs/other/o.csv", "attic/a.csv")) {
      Files.createDirectories(buckets.resolve(file).getParent());
      Files.writeString(buckets.resolve(file), "1,one\n2,two\n");
    }

    var access = new TemplateAccess(blueprint);
    s3 = new S3(buckets, access, blueprint.account(), denial -> {});
    started =
        new Started(
            new SparkDrivers(work, jdk, SessionMemory.ofGigabytes(1), WorkerPython.none("none")));
    drivers = new S3Drivers(started, access, s3);
    drivers.start("s1", blueprint.executionRoleArn(), Map.of(), started);
    int port = started.port.get(2, TimeUnit.MINUTES);
    gateway = TlsGateway.start(0, work, "us-east-1", token -> port);
    client = SparkConnectClient.connect(URL, gateway.certificate(), gateway.proxyPort());
  }

  @AfterAll
  static void stop() {
    if (drivers != null) {
      client.close();
      gateway.close();
      drivers.close();
      s3.close();
    }
  }

  @Test
  void readsWhatAPersonPutIntoABucketsFolder() {
    assertThat(client.sql("SELECT * FROM csv.`s3://theirs/data/d.csv` ORDER BY 1"))
        .containsExactly(List.of("1", "one"), List.of("2", "two"));
  }

  @Test
  void writesPlainFilesAndReadsThemBack() throws IOException {
    client.sql(
        "INSERT OVERWRITE DIRECTORY 's3://%s/out' USING parquet SELECT id FROM range(1000)"
            .formatted(lake));
    client.sql(
        "CREATE TABLE squares USING parquet LOCATION 's3a://%s/squares'".formatted(lake)
            + " AS SELECT id * id AS square FROM range(10)");

    assertThat(client.sql("SELECT count(*) FROM parquet.`s3://%s/out`".formatted(lake)))
        .containsExactly(List.of(1000L));
    assertThat(client.sql("SELECT max(square) FROM squares")).containsExactly(List.of(81L));
    try (var files = Files.list(buckets.resolve(lake).resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("_SUCCESS")
          .anyMatch(name -> name.endsWith(".parquet"));
    }
  }

  @Test
  void isRefusedWhatNobodyGranted() {
    assertRefused(reading("s3://attic/a.csv"), "s3:GetObject", "attic/a.csv");
  }

  @Test
  void isRefusedWhatIsBesideThePrefixThatWasGranted() {
    assertRefused(reading("s3://theirs/other/o.csv"), "s3:GetObject", "theirs/other/o.csv");
  }

  @Test
  void isRefusedToWriteWhereItMayRead() throws IOException {
    assertRefused(
        "INSERT OVERWRITE DIRECTORY 's3://theirs/data/new' USING parquet SELECT 1",
        "s3:PutObject",
        "theirs/data/new/_temporary/0/");
    assertThat(buckets.resolve("theirs/data/new")).doesNotExist();
  }

  @Test
  void saysThatABucketIsMissing() {
    assertThatThrownBy(() -> client.sql(reading("s3://nowhere/x.csv")))
        .hasMessageContaining("The specified bucket does not exist");
  }

  @Test
  void keepsItsSecretOutOfItsLogAndItsUi() throws Exception {
    client.sql("SELECT * FROM csv.`s3://theirs/data/d.csv`");
    String secret =
        started.conf.get(1, TimeUnit.MINUTES).getOrDefault("spark.hadoop.fs.s3a.secret.key", "");

    assertThat(secret).hasSize(40);
    assertThat(Files.readString(work.resolve("logs/s1.log"))).doesNotContain(secret);
    var page =
        HttpRequest.newBuilder(
                URI.create(started.sparkUi.get(2, TimeUnit.MINUTES) + "/environment/"))
            .build();
    assertThat(HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString()).body())
        .contains("fs.s3a.endpoint")
        .doesNotContain(secret);
  }

  /** As DataFrames read. Of a query on files, Spark hides all but that it cannot read them. */
  private static String reading(String path) {
    return "CREATE TEMPORARY VIEW refused USING csv OPTIONS (path '%s')".formatted(path);
  }

  /** In S3's words, with the whole of what one would grant. */
  private static void assertRefused(String query, String action, String resource) {
    assertThatThrownBy(() -> client.sql(query))
        .hasMessageContaining(
            "is not authorized to perform: %s on resource: \"arn:aws:s3:::%s\" because no identity-based policy allows the %s action"
                .formatted(action, resource, action));
  }

  /** Keeps the conf that a driver is given, and what it tells. */
  private static final class Started implements Drivers, Drivers.Listener {
    private final Drivers drivers;
    private final CompletableFuture<Map<String, String>> conf = new CompletableFuture<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<String> sparkUi = new CompletableFuture<>();

    Started(Drivers drivers) {
      this.drivers = drivers;
    }

    @Override
    public Driver start(String sessionId, Map<String, String> sparkConf, Listener listener) {
      conf.complete(sparkConf);
      return drivers.start(sessionId, sparkConf, listener);
    }

    @Override
    public void close() {
      drivers.close();
    }

    @Override
    public void ready(int grpcPort, String sparkUiAddress) {
      sparkUi.complete(sparkUiAddress);
      port.complete(grpcPort);
    }

    @Override
    public void busy() {}

    @Override
    public void idle(Instant since) {}

    @Override
    public void ended(String reason) {
      port.completeExceptionally(new AssertionError(reason));
    }
  }
}
