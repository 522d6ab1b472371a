package io.sparkgate.benchmark.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.benchmark.sweep.client.FunctionClient;
import io.sparkgate.benchmark.sweep.client.SdkClient;
import io.sparkgate.function.reaper.sweep.ReaperHandler;
import io.sparkgate.function.stub.StubContext;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How the programs that sweep are started. */
final class Programs {

  /** As Lambda's runtime for Java 17 has it, with the memory that the function deploys with. */
  private static final List<String> JVM =
      List.of("-XX:MaxHeapSize=435m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Or the JDK would close all but five connections of many threads after each call. */
  private static final String CONNECTIONS = "-Dhttp.maxConnections=16";

  private static final String PYTHON = "python3";

  private static final String PROBE =
      "import boto3; boto3.client('emr-serverless', region_name='us-east-1').list_sessions";

  private Programs() {}

  static List<String> command(Strategy strategy) {
    List<String> command = new ArrayList<>();
    switch (strategy.kind()) {
      case FUNCTION -> command.addAll(java(FunctionClient.class));
      case SDK -> command.addAll(java(SdkClient.class, CONNECTIONS));
      case BOTO3 -> command.addAll(List.of(PYTHON, script().toString()));
    }
    command.addAll(strategy.arguments());
    return command;
  }

  /** Whether there is a Python with a boto3 that knows sessions. */
  static boolean hasBoto3() {
    try {
      return new ProcessBuilder(PYTHON, "-c", PROBE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> java(Class<?> main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of(options));
    // The jar of the functions first: it carries all that they need. The last two are the client's.
    List<String> path =
        Stream.of(
                ReaperHandler.class,
                Context.class,
                StubContext.class,
                main,
                JSON.class,
                JsonFactory.class)
            .map(Programs::home)
            .toList();
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), main.getName()));
    return command;
  }

  /** The jar, or the directory, that a class comes from. */
  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From {@code target}, where this class is in a jar or a directory. */
  private static Path script() {
    return Path.of(home(Programs.class)).resolve("../../boto3/sweep.py").normalize();
  }
}
