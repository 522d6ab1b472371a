package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.server.Machine.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script says where it installs nothing. */
class InstallRefusalTest {
  private static final String CORE = "spark-core_2.12-3.5.6-amzn-2.jar";

  @TempDir private Path directory;
  private Machine machine;

  @BeforeEach
  void cluster() {
    machine =
        new Machine(directory.resolve("root"), SparkHome.fake(directory.resolve("spark"), CORE));
  }

  @AfterEach
  void nothingIsInstalled() {
    assertThat(machine.root.resolve("etc/systemd")).doesNotExist();
  }

  @Test
  void doesNothingOnOtherNodes() {
    machine.write("mnt/var/lib/info/instance.json", "{\"isMaster\": false}");

    Ended install = machine.install();

    assertThat(install.code()).isZero();
    assertThat(install.out()).contains("not the primary node, so there is nothing to do");
    assertThat(machine.root.resolve("opt")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --colour | red | there is no argument --colour; --help names those that there are
          --port | 70000 | --port is '70000', and takes a number from 1 to 65535
          --wait | long | --wait is 'long', and takes seconds
          --conf | master=yarn | --conf is 'master=yarn', and takes spark.name=value in one line
          --secret | 'x | --secret is ''x', and takes the ARN of a secret
          --jar | s3://b/k | 's3://b/k' names no jar, which takes s3://bucket/key#sha256
          """)
  void refusesArguments(String argument, String value, String why) {
    Ended install = machine.install(argument, value);

    assertThat(install.code()).isEqualTo(64);
    assertThat(install.lastWord()).endsWith(why);
  }

  @Test
  void refusesAnArgumentWithoutItsValue() {
    Ended install = machine.install("--conf");

    assertThat(install.code()).isEqualTo(64);
    assertThat(install.lastWord()).endsWith("--conf has no value");
  }

  @Test
  void refusesAJarThatIsNotTheOneThatWasMeant() throws IOException {
    Machine.assumeCurl();
    String jar = machine.upload(Files.writeString(directory.resolve("jar"), "server"), "k.jar");
    machine.write("stub/s3/assets/k.jar", "another");

    Ended install = machine.install("--server", jar);

    assertThat(install.code()).isEqualTo(1);
    assertThat(install.lastWord())
        .contains("s3://assets/k.jar is not the file with the SHA-256 " + jar.split("#")[1]);
  }

  @Test
  void saysWhichJarCannotBeRead() {
    Machine.assumeCurl();
    Ended install = machine.install("--server", "s3://assets/none.jar#" + "0".repeat(64));

    assertThat(install.code()).isEqualTo(1);
    assertThat(install.lastWord()).contains("s3://assets/none.jar cannot be read");
  }

  @Test
  void refusesSpark3WithoutTheServersJar() {
    Ended install = machine.install();

    assertThat(install.code()).isEqualTo(1);
    assertThat(install.lastWord())
        .contains("Spark 3.5.6-amzn-2 does not contain the Spark Connect server, and no --server");
  }

  @Test
  void refusesASparkThatHasNoSparkConnect() throws IOException {
    Path jars = directory.resolve("spark/jars");
    Files.move(jars.resolve(CORE), jars.resolve("spark-core_2.12-3.3.2-amzn-0.jar"));

    Ended install = machine.install();

    assertThat(install.code()).isEqualTo(1);
    assertThat(install.lastWord())
        .contains("Spark is 3.3.2-amzn-0, and Spark Connect needs 3.4 or later");
  }

  @Test
  void doesNotWaitForeverForSpark() throws IOException {
    Files.delete(directory.resolve("spark/bin/spark-submit"));

    Ended install = machine.install("--wait", "0");

    assertThat(install.code()).isEqualTo(1);
    assertThat(install.lastWord())
        .contains("there is no Spark in " + directory.resolve("spark"), "after 0 s");
  }
}
