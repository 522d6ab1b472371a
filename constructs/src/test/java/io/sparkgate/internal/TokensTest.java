package io.sparkgate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.LazyStringValueOptions;
import software.amazon.awscdk.Token;

class TokensTest {

  static Stream<String> texts() {
    String hinted =
        Lazy.uncachedString(
            context -> "later",
            LazyStringValueOptions.builder().displayHint("a:b-c_d e/ü~{]").build());
    return Stream.of(
        "",
        "plain",
        "${aws:username}",
        "${Token[",
        "${Token[]}",
        "${Token[two words.1]}",
        "Token[TOKEN.1]",
        "#{Token[TOKEN.1]}",
        Aws.ACCOUNT_ID,
        "arn:" + Aws.PARTITION + ":s3:::" + hinted + "/*",
        hinted,
        Token.asString(Map.of("Ref", "Thing")),
        Token.asList(Map.of("Ref", "Things")).get(0),
        Double.toString(Token.asNumber(Map.of("Ref", "Number")).doubleValue()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void theCdkSaysTheSameOfEveryText(String text) {
    assertThat(Tokens.isUnresolved(text)).isEqualTo(Token.isUnresolved(text));
  }
}
