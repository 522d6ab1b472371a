package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.spark.Classification;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;

class ClassificationChecksTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rootLogger.appenderRef.stdout.ref",
        "appender.console.type",
        "appender.console.name",
        "appender.console.target",
        "appender.console.layout.type",
        "appender.console.layout.pattern"
      })
  void rejectsTheLog4jPropertiesThatTheServiceKeeps(String key) {
    var application =
        application()
            .classification(Classification.of("spark-driver-log4j2", Map.of(key, "anything")));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/App: classification 'spark-driver-log4j2' sets '"
                + key
                + "', which EMR Serverless keeps for itself; remove it");
  }

  @Test
  void mergesAClassificationThatIsThereTwice() {
    application()
        .sparkDefaults(Map.of("spark.a", "1"))
        .classification(Classification.of("core-site", Map.of("fs.a", "1")))
        .classification(Classification.of("spark-defaults", Map.of("spark.b", "2")))
        .classification(Classification.of("core-site", Map.of("fs.b", "2")))
        .sparkDefaults(Map.of("spark.a", "1", "spark.c", "3"))
        .build();
    assertThat(Synth.application(stack).get("RuntimeConfiguration"))
        .isEqualTo(
            List.of(
                Map.of(
                    "Classification",
                    "spark-defaults",
                    "Properties",
                    Map.of("spark.a", "1", "spark.b", "2", "spark.c", "3")),
                Map.of(
                    "Classification",
                    "core-site",
                    "Properties",
                    Map.of("fs.a", "1", "fs.b", "2"))));
  }

  @Test
  void rejectsTwoValuesOfOneKeyAndNamesWhoSaysWhat() {
    var application =
        application()
            .sparkDefaults(Map.of("spark.a", "1"))
            .classification(Classification.of("spark-defaults", Map.of("spark.a", "2")));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/App: classification 'spark-defaults' has two values of 'spark.a':"
                + " sparkDefaults sets '1', and classification sets '2'; keep one of them");
  }

  @Test
  void showsNoSecretThatHasTwoValues() {
    String key = "spark.ssl.keyPassword";
    var application =
        application()
            .sparkDefaults(Map.of(key, "hunter2"))
            .sparkDefaults(Map.of(key, "EMR.secret@spark-AbCdEf"));
    assertThatThrownBy(application::build)
        .hasMessageContaining("sets one that is not shown because it looks like a secret")
        .hasMessageContaining("sets 'EMR.secret@spark-AbCdEf'")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void warnsOfAClassificationThatNobodyKnows() {
    EmrServerlessApplication application =
        application().classification(Classification.of("spark-default", Map.of())).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("'spark-default' is not one that is known")
        .contains("spark-defaults")
        .endsWith("[ack: @sparkgate/constructs:unknownClassification]");
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:unknownClassification");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void rejectsMoreThanAHundredClassifications() {
    var application = application();
    for (int i = 0; i <= 100; i++) {
      application.classification(Classification.of("spark" + "x".repeat(i), Map.of("a", "b")));
    }
    assertThatThrownBy(application::build).hasMessageContaining("101").hasMessageContaining("100");
  }

  @Test
  void rejectsMoreThanAHundredProperties() {
    Map<String, String> properties =
        IntStream.rangeClosed(0, 100)
            .boxed()
            .collect(Collectors.toMap(number -> "spark.p" + number, String::valueOf));
    assertThatThrownBy(() -> application().sparkDefaults(properties).build())
        .hasMessage(
            "Default/App: classification 'spark-defaults' has 101 properties; use at most 100");
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1024, false", "1025, true"})
  void limitsTheLengthOfValues(int length, boolean rejected) {
    var application = application().sparkDefaults(Map.of("spark.a", "x".repeat(length)));
    if (rejected) {
      assertThatThrownBy(application::build)
          .hasMessageContaining("has a value of 1025 characters under 'spark.a'; use at most 1024");
    } else {
      application.build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1spark", "spark/a", "", "spark a"})
  void rejectsKeysThatCloudFormationRejects(String key) {
    assertThatThrownBy(() -> application().sparkDefaults(Map.of(key, "1")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has key '" + key + "'");
  }

  @Test
  void rejectsAKeyThatIsTooLong() {
    assertThatThrownBy(() -> application().sparkDefaults(Map.of("k".repeat(1025), "1")).build())
        .hasMessageContaining("use at most 1024 letters");
  }

  @Test
  void rejectsValuesOfSpacesOnly() {
    assertThatThrownBy(() -> application().sparkDefaults(Map.of("spark.a", "  ")).build())
        .hasMessageContaining("not only spaces");
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
