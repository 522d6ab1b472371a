package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.catalog.MetastoreMain;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** How to run a {@link SessionDriver}, a {@link JobMain} or the history server on a JDK. */
final class DriverCommand {
  private DriverCommand() {}

  /**
   * A process that is not started yet.
   *
   * @param flags of its JVM, beside those that all drivers have
   * @param conf of Spark
   * @param directory where it leaves its files
   */
  static ProcessBuilder of(
      Path javaHome, List<String> flags, Map<String, String> conf, Path directory, Path log)
      throws IOException {
    return driver(
        javaHome, flags, conf, directory, log, SessionDriver.class, confIn(directory).toString());
  }

  /**
   * The process of one attempt of a job run, which is not started yet.
   *
   * @param log gets more of what it may have already
   * @param arguments of {@link JobMain}
   */
  static ProcessBuilder job(
      Path javaHome,
      List<String> flags,
      Map<String, String> conf,
      Path directory,
      Path log,
      List<String> arguments)
      throws IOException {
    return driver(
            javaHome, flags, conf, directory, log, JobMain.class, arguments.toArray(String[]::new))
        .redirectError(Redirect.appendTo(log.toFile()));
  }

  /** Where the Spark conf of a driver is, in its directory. */
  static Path confIn(Path directory) {
    return directory.resolve("spark.properties");
  }

  private static ProcessBuilder driver(
      Path javaHome,
      List<String> flags,
      Map<String, String> conf,
      Path directory,
      Path log,
      Class<?> main,
      String... arguments)
      throws IOException {
    Files.createDirectories(LocalConf.eventsOf(directory));
    Files.createDirectories(log.getParent());
    var properties = new Properties();
    properties.putAll(conf);
    try (var writer = PrivateFiles.write(confIn(directory))) {
      properties.store(writer, null);
    }

    var ofDrivers = new ArrayList<>(flags);
    ofDrivers.add("-Djava.io.tmpdir=" + directory);
    ofDrivers.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    // Behind the sandbox's own, so that the archive of its classes stays good.
    String appended = conf.getOrDefault(Catalogs.CLASS_PATH, "");
    ProcessBuilder command = java(javaHome, ofDrivers, appended, log, main, arguments);
    command.environment().putAll(CatalogUser.environment(conf));
    return command.directory(directory.toFile());
  }

  /** Spark's history server over a directory of event logs. */
  static ProcessBuilder history(Path javaHome, Path logs, Path log) {
    return java(javaHome, List.of("-Xmx1g"), "", log, HistoryServerMain.class, logs.toString());
  }

  /**
   * A Hive metastore.
   *
   * @param jars that it needs, as an entry of a class path
   * @param directory of its database
   */
  static ProcessBuilder metastore(
      Path javaHome, List<String> flags, String jars, Path directory, Path log) {
    var all = new ArrayList<>(flags);
    all.add("-Xmx512m");
    return java(javaHome, all, jars, log, MetastoreMain.class, directory.toString())
        .directory(directory.toFile());
  }

  private static ProcessBuilder java(
      Path javaHome,
      List<String> flags,
      String jars,
      Path log,
      Class<?> main,
      String... arguments) {
    var command = new ArrayList<String>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    // Several sessions share a laptop, and none runs for long.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // Standard output is for signals.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
    // As on the service, whatever the laptop's locale is.
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Duser.timezone=UTC"));
    command.addAll(flags);
    String classPath = jars.isEmpty() ? classPath() : classPath() + File.pathSeparator + jars;
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));

    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    var environment = builder.environment();
    // Of another Spark, or for the sandbox's own JVM.
    environment.keySet().removeIf(name -> name.startsWith("SPARK_"));
    environment.remove("JDK_JAVA_OPTIONS");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder;
  }

  /** The sandbox's own; a jar's entry brings those of its manifest along. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
