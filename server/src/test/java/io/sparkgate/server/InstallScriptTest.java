package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.server.Machine.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script does with a server; each test begins by bringing the same one up. */
class InstallScriptTest {
  private static final String TOKEN = "a-token-that-nobody-may-see";
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:sparkgate-AbCdEf";

  @TempDir private static Path directory;
  private static Machine machine;
  private static String server;
  private static String ours;

  @BeforeAll
  static void bringUp() throws IOException {
    Machine.assumeCurl();
    Path spark = SparkHome.fake(directory.resolve("spark"), "spark-core_2.12-3.5.6-amzn-2.jar");
    machine = new Machine(directory.resolve("root"), spark);
    machine.write("stub/secrets/sparkgate-AbCdEf", TOKEN + "\n");
    server = machine.upload(Files.writeString(directory.resolve("server"), "server"), "server.jar");
    ours = machine.upload(Files.writeString(directory.resolve("ours"), "ours"), "ours.jar");
    Ended install = install();
    assertThat(install.code()).as(install.err() + machine.journal()).isZero();
    assertThat(install.out()).contains("ready on port " + machine.port + ", Spark 3.5.6-amzn-2");
  }

  @AfterAll
  static void tearDown() {
    if (machine != null) {
      machine.close();
    }
  }

  private static Ended install(String... more) {
    Stream<String> usual =
        Stream.of(
            "--server", server, "--jar", ours, "--secret", SECRET, "--conf", "spark.a=b=c\\d");
    return machine.install(Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
  }

  private static void up() {
    Ended install = install();
    assertThat(install.code()).as(install.err()).isZero();
  }

  @Test
  void startsTheServerWithItsJarsAndTheClustersSettingsAndOurs() throws IOException {
    up();

    Path lib = machine.root.resolve("opt/spark-connect/lib");
    assertThat(machine.journal())
        .contains(
            "org.apache.spark.sql.connect.service.SparkConnectServer",
            lib.resolve(server.split("#")[1] + ".jar") + "," + lib.resolve(ours.split("#")[1]),
            "spark.master=local[2]",
            "spark.a=b=c\\d",
            "spark.connect.grpc.binding.port=" + machine.port);
    assertThat(Files.readString(machine.root.resolve("etc/systemd/system/spark-connect.service")))
        .contains("RestartSec=10\n", "RestartPreventExitStatus=76\n");
    assertThat(machine.root.resolve("run/systemd/spark-connect/enabled")).exists();
  }

  /** After a name and a space, the first {@code =} or {@code :} would be one between the two. */
  @Test
  void keepsValuesThatBeginWithASignThatPropertiesKnow() {
    Ended changed = install("--conf", "spark.b==c", "--conf", "spark.c=:d e");

    assertThat(changed.code()).isZero();
    assertThat(machine.journal()).contains("spark.b==c", "spark.c=:d e");
  }

  /** IAM lets a role do what it may only some time after it was told. */
  @Test
  void triesAgainWhereItMayNotReadYet() {
    try (Machine other = new Machine(directory.resolve("denied"), directory.resolve("spark"))) {
      String jar = other.upload(directory.resolve("server"), "server.jar");
      other.write("stub/s3/assets/server.jar.denied", "1\n2\n3\n");
      other.write("stub/secrets/sparkgate-AbCdEf", TOKEN);
      other.write("stub/secrets/sparkgate-AbCdEf.denied", "1\n2\n3\n");

      Ended install = other.install("--server", jar, "--secret", SECRET);

      assertThat(install.code()).as(install.err() + other.journal()).isZero();
      assertThat(other.starts()).isEqualTo(1);
      assertThat(other.journal()).contains("fake: token has " + TOKEN.length() + " characters");
    }
  }

  /** YARN takes longer here than all of it may, and then the server does not answer. */
  @Test
  void waitsNoLongerInAllThanItIsTold() {
    try (Machine other = new Machine(directory.resolve("late"), directory.resolve("spark"))) {
      String jar = other.upload(directory.resolve("server"), "server.jar");
      other.write(
          "stub/functions",
          """
          yarn() { :; }
          timeout() { SECONDS=$((SECONDS + 100)); }
          curl() { [[ $1 == --version ]] && echo HTTP2 || echo >>"$SPARK_CONNECT_ROOT/stub/looks"; }
          """);

      Ended install = other.install("--server", jar, "--wait", "10");

      assertThat(install.code()).isEqualTo(1);
      assertThat(install.lastWord())
          .contains("the server does not answer on port " + other.port + " after 10 s");
      assertThat(other.root.resolve("stub/looks")).hasSize(1);
    }
  }

  @Test
  void doesNothingTheSecondTime() {
    up();
    ProcessHandle before = machine.server();

    Ended again = install();

    assertThat(again.code()).isZero();
    assertThat(again.out()).doesNotContain("wrote").contains("ready");
    assertThat(machine.server()).isEqualTo(before);
  }

  @Test
  void restartsWhereASettingIsAnother() {
    up();
    ProcessHandle before = machine.server();

    Ended changed = install("--conf", "spark.more=memory");

    assertThat(changed.code()).isZero();
    assertThat(changed.out()).contains("wrote").contains("server.conf");
    assertThat(machine.server()).isNotEqualTo(before);
    assertThat(before.isAlive()).isFalse();
    assertThat(machine.journal()).contains("spark.more=memory");
  }

  @Test
  void restartsForAStepThatWasCutOffBeforeItCould() throws IOException {
    up();
    ProcessHandle before = machine.server();
    machine.write("opt/spark-connect/restart-due", "");

    up();

    assertThat(machine.server()).isNotEqualTo(before);
    assertThat(machine.root.resolve("opt/spark-connect/restart-due")).doesNotExist();
  }

  @Test
  void answersAgainAfterItWasKilled() {
    up();
    ProcessHandle before = machine.server();

    before.destroyForcibly();
    before.onExit().join();

    machine.await(machine::isHealthy);
    assertThat(machine.server()).isNotEqualTo(before);
  }

  @Test
  void endsWhenItIsOutOfMemoryAndAnswersAgain() {
    up();
    ProcessHandle before = machine.server();

    machine.tell("memory");
    before.onExit().join();

    machine.await(machine::isHealthy);
    assertThat(machine.journal()).contains("java.lang.OutOfMemoryError", "exited, status=3");
  }

  @Test
  void staysStoppedWhereItEndedItselfUntilTheStepRunsAgain() {
    up();
    long starts = machine.starts();

    machine.tell("76 ");
    machine.awaitState("inactive");

    assertThat(machine.unit("ExecMainStatus")).isEqualTo("76");
    assertThat(machine.starts()).isEqualTo(starts);

    up();
    assertThat(machine.unit("ActiveState")).isEqualTo("active");
  }

  @Test
  void failsWithTheJournalWhereTheServerDoesNotComeUp() {
    up();

    Ended broken = install("--conf", "spark.broken=yes");

    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.err()).contains("fake: settings are");
    assertThat(broken.lastWord())
        .contains(
            "the server ended again and again and does not answer on port " + machine.port,
            "java.lang.IllegalArgumentException: spark.broken is set");
  }

  @Test
  void failsWhereTheSecretCannotBeRead() {
    Ended broken = install("--secret", SECRET + "x");

    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.lastWord()).contains("the secret " + SECRET + "x cannot be read");
  }

  @Test
  void showsTheTokenToTheServerAlone() throws IOException {
    up();

    assertThat(machine.journal())
        .contains("fake: token has " + TOKEN.length() + " characters")
        .doesNotContain(TOKEN);
    assertThat(Files.readString(Path.of("/proc/" + machine.server().pid() + "/cmdline")))
        .contains("FakeServer")
        .doesNotContain(TOKEN);
    try (Stream<Path> files = Files.walk(machine.root)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> !file.startsWith(stubs())))
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(TOKEN));
    }
  }

  private static Path stubs() {
    return machine.root.resolve("stub");
  }

  @Test
  void isInstalledOnceWhereTwoStepsRunAtOnce() {
    try (Machine other = new Machine(directory.resolve("two"), directory.resolve("spark"))) {
      String jar = other.upload(directory.resolve("server"), "server.jar");
      Process first = other.begin("--server", jar);
      Process second = other.begin("--server", jar);

      assertThat(Machine.ended(first).code()).isZero();
      assertThat(Machine.ended(second).code()).isZero();
      assertThat(other.starts()).isEqualTo(1);
    }
  }
}
