package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.emrserverless.Drivers;
import io.sparkgate.sandbox.s3.S3;
import io.sparkgate.sandbox.template.Blueprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session's way to S3 and its key, without Spark. */
class S3DriversTest {
  private static final String ID = "spark.hadoop.fs.s3a.access.key";
  private static final String SECRET = "spark.hadoop.fs.s3a.secret.key";

  @TempDir private Path work;
  private Blueprint blueprint;
  private TemplateAccess access;
  private S3 s3;

  @BeforeEach
  void start() throws Exception {
    blueprint = BucketTemplate.read(work);
    access = new TemplateAccess(blueprint);
    s3 = new S3(work.resolve("s3"), access, blueprint.account(), denial -> {});
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Test
  void leadsEverySchemeOfTheServiceToTheSandbox() {
    Map<String, String> conf = start("s1", blueprint.executionRoleArn(), Map.of("own", "kept"));

    for (String scheme : new String[] {"s3", "s3a", "s3n"}) {
      assertThat(conf)
          .containsEntry(
              "spark.hadoop.fs." + scheme + ".impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    }
    assertThat(conf)
        .containsEntry("spark.hadoop.fs.s3a.endpoint", s3.endpoint().toString())
        .containsEntry("own", "kept");
  }

  /** Keys for the real S3 are none of the sandbox's business. */
  @Test
  void overridesWhatASessionSaysOfItself() {
    Map<String, String> conf =
        start("s1", blueprint.executionRoleArn(), Map.of(SECRET, "own", ID, "own"));

    assertThat(conf.get(ID)).startsWith("AKIA");
    assertThat(conf.get(SECRET)).hasSize(40);
  }

  @Test
  void givesEachSessionAKeyOfItsOwnForItsRole() {
    Map<String, String> one = start("s1", blueprint.executionRoleArn(), Map.of());
    Map<String, String> two = start("s2", blueprint.executionRoleArn(), Map.of());

    assertThat(one.get(ID)).isNotEqualTo(two.get(ID));
    assertThat(one.get(SECRET)).isNotEqualTo(two.get(SECRET));
    assertThat(access.identify(one.getOrDefault(ID, "")).orElseThrow().arn())
        .matches("arn:aws:sts::\\d+:assumed-role/template-Execution-\\w+/s1");
  }

  @Test
  void endsTheKeyWithTheSession() {
    var listener = new AtomicReference<Drivers.Listener>();
    Map<String, String> conf = start("s1", blueprint.executionRoleArn(), Map.of(), listener);
    assertThat(access.identify(conf.getOrDefault(ID, ""))).isPresent();

    listener.get().ended("over");

    assertThat(access.identify(conf.getOrDefault(ID, ""))).isEmpty();
  }

  @Test
  void endsTheKeyOfASessionThatDoesNotStart() {
    var conf = new HashMap<String, String>();
    Drivers failing =
        new OneDriver(
            (given, listener) -> {
              conf.putAll(given);
              throw new IllegalStateException("no driver");
            });

    assertThatThrownBy(() -> start(failing, "s1", blueprint.executionRoleArn(), Map.of()))
        .hasMessage("no driver");
    assertThat(access.identify(conf.getOrDefault(ID, ""))).isEmpty();
  }

  private Map<String, String> start(String id, String role, Map<String, String> conf) {
    return start(id, role, conf, new AtomicReference<>());
  }

  private Map<String, String> start(
      String id, String role, Map<String, String> conf, AtomicReference<Drivers.Listener> heardBy) {
    var given = new HashMap<String, String>();
    start(
        new OneDriver(
            (withS3, listener) -> {
              given.putAll(withS3);
              heardBy.set(listener);
            }),
        id,
        role,
        conf);
    return given;
  }

  private void start(Drivers inner, String id, String role, Map<String, String> conf) {
    new S3Drivers(inner, access, s3).start(id, role, conf, new Deaf());
  }

  private interface Starting {
    void start(Map<String, String> conf, Drivers.Listener listener);
  }

  private record OneDriver(Starting starting) implements Drivers {
    @Override
    public Driver start(String sessionId, Map<String, String> sparkConf, Listener listener) {
      starting.start(sparkConf, listener);
      return () -> {};
    }

    @Override
    public void close() {}
  }

  private static final class Deaf implements Drivers.Listener {
    @Override
    public void ready(int grpcPort, String sparkUi) {}

    @Override
    public void busy() {}

    @Override
    public void idle(Instant since) {}

    @Override
    public void ended(String reason) {}
  }
}
