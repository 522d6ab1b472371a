package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkgate.connect.SparkConnectClient;
import io.sparkgate.sandbox.emrserverless.Drivers;
import io.sparkgate.sandbox.emrserverless.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.WithColumns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.StatusRuntimeException;

/** Real drivers, reached as users reach them: CONNECT, TLS and a token. */
class SparkDriversTest {
  private static final String HOST = "s1.s.emr-serverless-services.us-east-1.amazonaws.com:443";

  /** A conf as people write it for the service; the session starts on a laptop all the same. */
  private static final Map<String, String> CLUSTER_CONF =
      Map.ofEntries(
          Map.entry("spark.master", "yarn"),
          Map.entry("spark.driver.cores", "4"),
          Map.entry("spark.driver.memory", "16g"),
          Map.entry("spark.driver.bindAddress", "0.0.0.0"),
          Map.entry("spark.executor.cores", "4"),
          Map.entry("spark.executor.memory", "16g"),
          Map.entry("spark.executor.instances", "50"),
          Map.entry("spark.dynamicAllocation.enabled", "true"),
          Map.entry("spark.dynamicAllocation.maxExecutors", "100"),
          Map.entry("spark.shuffle.service.enabled", "true"),
          Map.entry("spark.task.cpus", "4"),
          Map.entry("spark.eventLog.enabled", "true"),
          Map.entry("spark.eventLog.dir", "s3://logs/"),
          Map.entry("spark.archives", "s3://code/environment.tar.gz#environment"),
          Map.entry("spark.plugins", "org.apache.spark.sql.connect.SparkConnectPlugin"),
          Map.entry("spark.sql.shuffle.partitions", "7"));

  /** Not ours: what another test has left behind. */
  private static final List<ProcessHandle> OTHERS = ProcessHandle.current().children().toList();

  @TempDir private static Path work;
  private static Path javaHome;
  private static Drivers drivers;
  private static final Events EVENTS = new Events();
  private static Events.Ready ready;
  private static Gateway gateway;

  @BeforeAll
  static void startOne() throws IOException {
    try {
      javaHome = Jdk17.find();
    } catch (IllegalStateException e) {
      assumeTrue(false, e.getMessage());
    }
    drivers =
        new SparkDrivers(work, javaHome, SessionMemory.ofGigabytes(1), WorkerPython.none("none"));
    drivers.start("s1", CLUSTER_CONF, EVENTS);
    gateway = TlsGateway.start(0, work, "us-east-1", SparkDriversTest::portFor);
    ready = EVENTS.await(Events.Ready.class);
  }

  private static int portFor(String token) throws Gateway.Refused {
    return switch (token) {
      case "good+/==" -> ready.port();
      case "old" -> throw new Gateway.Refused("The token has expired.");
      default -> throw new Gateway.Refused("The token is unknown.");
    };
  }

  @AfterAll
  static void stopAll() {
    if (drivers == null) {
      return;
    }
    gateway.close();
    List<ProcessHandle> processes = driverProcesses();
    drivers.close();
    assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(EVENTS.await(Events.Ended.class).reason()).isEqualTo("Stopped on request");
    assertThat(work.resolve("sessions/s1")).doesNotExist();
    assertThat(work.resolve("logs/s1.log")).exists();
  }

  @Test
  void answersAsAwsSampleDoes() {
    try (var client = connect("good%2B%2F%3D%3D")) {
      assertThat(client.version()).isEqualTo("3.5.6");
      assertThat(client.sql("SELECT 1+1 AS result")).containsExactly(List.of(2));

      var rows = client.rows(squaresOf(100));
      assertThat(rows).hasSize(100).last().isEqualTo(List.of(99L, 9801L));

      String kinds = "true, 1Y, 2S, 3, 4L, 0.5D, 0.25F, 'text', CAST(NULL AS STRING)";
      assertThat(client.sql("SELECT " + kinds).get(0))
          .containsExactly(true, (byte) 1, (short) 2, 3, 4L, 0.5, 0.25f, "text", null);
    }
  }

  @Test
  void honoursTheConfThatMakesSenseHere() throws Exception {
    try (var client = connect("good%2B%2F%3D%3D")) {
      assertThat(client.sql("SET spark.sql.shuffle.partitions").get(0).get(1)).isEqualTo("7");
      assertThat(client.sql("SELECT current_timezone()").get(0).get(0)).isEqualTo("UTC");
      client.sql("CREATE TABLE kept AS SELECT 'é' AS letter");
      assertThat(client.sql("SELECT * FROM kept").get(0).get(0)).isEqualTo("é");
    }
    assertThat(work.resolve("sessions/s1/warehouse/kept")).isDirectory();

    var page = HttpRequest.newBuilder(URI.create(ready.sparkUi())).build();
    var answer = HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isIn(200, 302);
  }

  @Test
  void hasTheMemoryOfItsConfAsFarAsTheMachineHasIt() {
    assertThat(
            driverProcesses().get(0).info().arguments().map(List::of).orElse(List.of("-Xmx1024m")))
        .contains("-Xmx1024m");
  }

  /** PySpark refuses by itself to send one; Spark's server cancels it, in these words. */
  @Test
  void survivesAMessageLargerThanSparkTakes() {
    String large = "x".repeat(129 << 20);
    try (var client = connect("good%2B%2F%3D%3D")) {
      assertThatThrownBy(() -> client.sql(large))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageStartingWith("CANCELLED");
      assertThat(client.sql("SELECT 1")).hasSize(1);
    }
  }

  @Test
  void answersInManyBatches() {
    try (var client = connect("good%2B%2F%3D%3D")) {
      var rows = client.sql("SELECT * FROM range(2000000)");
      assertThat(rows).hasSize(2_000_000);
    }
  }

  @Test
  void isBusyWhileAQueryRunsAndIdleSinceItsEnd() {
    try (var client = connect("good%2B%2F%3D%3D")) {
      Instant first = now();
      client.sql("SELECT 1");
      EVENTS.awaitIdleSince(first);

      var endless =
          CompletableFuture.runAsync(
              () -> client.sql("SELECT count(*) FROM range(1000000) a, range(1000000) b"));
      EVENTS.await(Events.Busy.class);

      Instant end = now();
      client.interrupt();
      assertThat(EVENTS.awaitIdleSince(end)).isBeforeOrEqualTo(Instant.now());
      assertThatThrownBy(endless::join).hasRootCauseInstanceOf(StatusRuntimeException.class);
    }
  }

  /** As precise as Spark's stamp. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void refusesATokenAtOnceWithTheReason() {
    assertRefused("old", "The token has expired.");
    assertRefused("wrong", "The token is unknown.");
  }

  private static void assertRefused(String token, String reason) {
    try (var client = connect(token)) {
      assertThatThrownBy(() -> client.sql("SELECT 1"))
          .isInstanceOf(StatusRuntimeException.class)
          .extracting(e -> ((StatusRuntimeException) e).getStatus())
          .returns(Status.Code.UNAUTHENTICATED, Status::getCode)
          .returns(reason, Status::getDescription);
    }
  }

  @Test
  void endsWithSparksReasonWhenTheConfIsWrong() {
    assertThat(reasonOf("memory", Map.of("spark.executor.memory", "lots"))).contains("lots");
    assertThat(reasonOf("cores", Map.of("spark.driver.cores", "all"))).contains("all");
  }

  private static String reasonOf(String sessionId, Map<String, String> conf) {
    var events = new Events();
    drivers.start(sessionId, conf, events);
    String reason = events.await(Events.Ended.class).reason();
    assertThat(reason).doesNotContain("\n").contains("logs/" + sessionId + ".log");
    return reason;
  }

  @Test
  void stopsADriverThatStillStarts() {
    var events = new Events();
    drivers.start("hasty", Map.of(), events).stop();
    assertThat(events.await(Events.Ended.class).reason()).isEqualTo("Stopped on request");
    assertThat(events.isEmpty()).isTrue();
  }

  @Test
  void tellsTheExitCodeWhenADriverIsKilled() {
    List<ProcessHandle> before = driverProcesses();
    var events = new Events();
    drivers.start("killed", Map.of(), events);
    events.await(Events.Ready.class);
    driverProcesses().stream()
        .filter(process -> !before.contains(process))
        .forEach(ProcessHandle::destroyForcibly);
    assertThat(events.await(Events.Ended.class).reason())
        .startsWith("The driver exited with code ")
        .contains("logs/killed.log");
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    assumeTrue(Listening.isVisible(), "needs /proc");
    for (ProcessHandle process : driverProcesses()) {
      assertThat(Listening.addresses(process.pid())).isNotEmpty().allMatch(Listening::isLoopback);
    }
    assertThat(Listening.addresses(ProcessHandle.current().pid()))
        .isNotEmpty()
        .allMatch(Listening::isLoopback);
  }

  @Test
  void dieWithTheirParentWhenItIsKilled() throws Exception {
    var command =
        List.of(
            javaHome.resolve("bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OrphanMaker.class.getName(),
            work.resolve("parent").toString(),
            javaHome.toString());
    Process parent =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(parent.inputReader().readLine()).isEqualTo("ready");
    List<ProcessHandle> children = parent.children().toList();
    assertThat(children).hasSize(1);

    parent.destroyForcibly().waitFor();
    Processes.awaitEnd(children.get(0));
  }

  private static List<ProcessHandle> driverProcesses() {
    return ProcessHandle.current().children().filter(child -> !OTHERS.contains(child)).toList();
  }

  private static SparkConnectClient connect(String token) {
    String url = "sc://" + HOST + "/;use_ssl=true;x-aws-proxy-auth=" + token;
    return SparkConnectClient.connect(url, gateway.certificate(), gateway.proxyPort());
  }

  private static Relation squaresOf(int count) {
    var attribute = Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier("id");
    var id = Expression.newBuilder().setUnresolvedAttribute(attribute);
    var product =
        Expression.UnresolvedFunction.newBuilder()
            .setFunctionName("*")
            .addArguments(id)
            .addArguments(id);
    var squared =
        Expression.Alias.newBuilder()
            .addName("squared")
            .setExpr(Expression.newBuilder().setUnresolvedFunction(product));
    var range = Range.newBuilder().setStart(0).setEnd(count).setStep(1);
    var columns =
        WithColumns.newBuilder()
            .setInput(Relation.newBuilder().setRange(range))
            .addAliases(squared);
    return Relation.newBuilder().setWithColumns(columns).build();
  }
}
