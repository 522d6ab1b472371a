package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionInterceptorTest {
  private final VersionInterceptor interceptor = new VersionInterceptor("3.5.6-amzn-2");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_SPARK_CONNECT_PYTHON spark/3.5.6 os/linux python/3.11.2",
        "notebook _SPARK_CONNECT_SCALA spark/3.5.1 scala/2.12.18",
        "a client that says nothing of the kind",
        ""
      })
  void letsInWhoFitsOrDoesNotSay(String client) {
    assertThat(interceptor.refusal(client)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "3.4.4", "3.50.1"})
  void saysWhatToInstallInstead(String version) {
    assertThat(interceptor.refusal("_SPARK_CONNECT_PYTHON spark/" + version).getDescription())
        .isEqualTo(
            "the client is Spark "
                + version
                + " and the server Spark 3.5.6, which do not work together; run: pip install"
                + " \"pyspark[connect]==3.5.6\" \"pandas<3\" \"pyarrow<26\" \"numpy<2\"");
  }

  @Test
  void boundsPyArrowForSpark35Only() {
    assertThat(new VersionInterceptor("4.0.1").refusal("spark/3.5.6").getDescription())
        .endsWith("run: pip install \"pyspark[connect]==4.0.1\"");
  }

  @Test
  void doesNotGuessTheServersVersion() {
    assertThatThrownBy(() -> new VersionInterceptor("next"))
        .hasMessage("VersionInterceptor: Spark says that its version is 'next', which is none");
  }
}
