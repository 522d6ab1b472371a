package io.sparkgate.function.cluster.reaper;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterReaperConfigTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"idleMinutes\":4",
        "\"maxTerminations\":0",
        "\"clusters\":[]",
        "\"clusters\":[{\"clusterId\":\"x\",\"targetGroupArn\":\"arn:a:targetgroup/a/1\"}]",
        "\"clusters\":[{\"clusterId\":\"j-1\",\"targetGroupArn\":\"a\"}]"
      })
  void refusesAConfigurationWith(String wrong) {
    String field = wrong.substring(1, wrong.indexOf('"', 1));
    String right = Configs.of(5, false, "j-1");
    String text =
        field.equals("clusters")
            ? right.replaceFirst("\"clusters\":\\[.*?]", wrong)
            : right.replaceFirst("\"" + field + "\":\\d+", wrong);

    assertThatThrownBy(() -> ClusterReaperConfig.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SPARKGATE_CLUSTER_REAPER: " + field)
        .hasMessageContaining("allowed: ");
  }
}
