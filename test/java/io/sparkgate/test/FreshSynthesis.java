package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.app.SparkgateApp;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.spark.Classification;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.RequestRates;
import io.sparkgate.watch.SessionGuard;
import io.sparkgate.watch.TakeoverAlarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/**
 * Synthesizes in a process of its own whatever has an order: the app with every option on, and a
 * stack of a consumer who gives two entries or more wherever a map is taken.
 */
public final class FreshSynthesis {

  private FreshSynthesis() {}

  /**
   * Runs it, without the class archive, which can keep what a JVM would draw by lot.
   *
   * @param asked whether the CDK's own rules are asked, which takes as long as all else
   */
  static void run(boolean asked, Path assembly, Path order)
      throws IOException, InterruptedException {
    ProcessBuilder jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:off",
                "-cp",
                System.getProperty("java.class.path"),
                FreshSynthesis.class.getName(),
                assembly.toString(),
                order.toString())
            .redirectErrorStream(true);
    jvm.environment().put("CDK_VALIDATION", String.valueOf(asked));
    Process process = jvm.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /**
   * Synthesizes, and writes in which order this JVM iterates unordered collections.
   *
   * @param args the folder for the assembly, and the file for the order
   */
  public static void main(String... args) throws Exception {
    App app = Synthesized.fullApp(Path.of(args[0]));
    SparkgateApp.addStacks(app);
    consumer(app);
    app.synth();
    Set<Integer> unordered =
        IntStream.range(0, 1000).boxed().collect(Collectors.toUnmodifiableSet());
    Files.writeString(Path.of(args[1]), unordered.toString());
  }

  private static void consumer(App app) {
    Stack stack =
        new Stack(
            app,
            "Consumer",
            StackProps.builder().tags(Map.of("team", "data", "cost", "42", "stage", "x")).build());
    SparkConnectPlatform platform =
        SparkConnectPlatform.Builder.create(stack, "Platform")
            .application(FreshSynthesis::configure)
            .idlePolicy(
                IdlePolicy.terminateAfter(Duration.minutes(30))
                    .limitByTag(Duration.minutes(5), Duration.hours(8)))
            .reaper(
                reaper -> {
                  reaper.snapStart(true);
                  reaper.requestRates(RequestRates.share(40).listSessions(3, 9).getSession(4, 8));
                })
            .build();
    Tags.of(stack).add("owner", "platform");
    Tags.of(stack).add("area", "spark");
    IdleSessionReaper.Builder reaper = IdleSessionReaper.Builder.create(stack, "Reaper");
    SessionGuard.Builder guard = SessionGuard.Builder.create(stack, "Guard");
    TakeoverAlarm.Builder takeover =
        TakeoverAlarm.Builder.create(stack, "Takeover").watch(platform.getApplication());
    for (String name : List.of("A", "B", "C")) {
      EmrServerlessApplication application =
          EmrServerlessApplication.Builder.create(stack, name).build();
      reaper.watch(application);
      guard.watch(application);
      takeover.watch(application);
    }
    reaper.build();
    guard.build();
    takeover.build();
  }

  private static void configure(EmrServerlessApplication.Builder application) {
    application
        .sparkDefaults(
            Map.of(
                "spark.sql.shuffle.partitions", "16",
                "spark.executor.cores", "4",
                "spark.my.password", "a warning",
                "spark.speculation", "true"))
        .classification(
            Classification.of("core-site", Map.of("fs.a", "1", "fs.b", "2", "fs.c", "3")))
        .classification(
            Classification.of("spark-executor-log4j2", Map.of("a", "1", "b", "2", "c", "3")));
  }
}
