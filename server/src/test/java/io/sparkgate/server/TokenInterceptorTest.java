package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenInterceptorTest {

  @Test
  void startsNoServerThatWouldAskForNothing() {
    assertThatThrownBy(() -> new TokenInterceptor(" "))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "TokenInterceptor: there is no token to ask for, SPARK_CONNECT_AUTHENTICATE_TOKEN is not"
                + " set; install-spark-connect.sh sets it where it is given --secret");
  }
}
