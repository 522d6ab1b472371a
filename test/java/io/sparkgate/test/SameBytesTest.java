package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A synthesis writes what the one before wrote. In a pipeline that updates itself any other byte
 * starts it again, and {@code Map.of} has another order in each JVM, so one JVM proves nothing.
 */
class SameBytesTest {

  private static final int JVMS = 4;

  @Test
  void areWrittenByEveryJvm(@TempDir Path directory) throws Exception {
    List<Map<String, String>> assemblies = new ArrayList<>();
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < JVMS; i++) {
      Path assembly = directory.resolve("assembly-" + i);
      Path order = directory.resolve("order-" + i);
      FreshSynthesis.run(false, assembly, order);
      assemblies.add(textsOf(assembly));
      orders.add(Files.readString(order));
    }

    assertThat(orders.stream().distinct().count())
        .as("orders of the JVMs, which must differ, or this proves nothing")
        .isGreaterThan(1);
    assertThat(assemblies.get(0)).containsKeys("Consumer.template.json", "manifest.json");
    for (Map<String, String> other : assemblies) {
      assertThat(other.keySet()).isEqualTo(assemblies.get(0).keySet());
      assemblies
          .get(0)
          .forEach((file, text) -> assertThat(other.get(file)).as(file).isEqualTo(text));
    }
  }

  /**
   * Of all files but the zipped assets, whose names are hashes of their content. The CDK's stack
   * traces name the temporary folders that it runs in.
   */
  private static Map<String, String> textsOf(Path assembly) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : new Synthesized(assembly).files().toList()) {
      String name = assembly.relativize(file).toString();
      texts.put(name, name.endsWith(".json") ? text(file) : "");
    }
    return texts;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).replaceAll("jsii-(kernel-|java-runtime)\\w+", "jsii");
  }
}
