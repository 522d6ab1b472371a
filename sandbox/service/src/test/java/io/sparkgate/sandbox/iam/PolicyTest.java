package io.sparkgate.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  private static final String SESSION =
      "arn:aws:emr-serverless:eu-west-1:111122223333:/applications/00a/sessions/00s";
  private static final String BOB = "arn:aws:sts::111122223333:assumed-role/Developer/bob";
  private static final String REFUSAL =
      "User: "
          + BOB
          + " is not authorized to perform: emr-serverless:GetSession on resource: "
          + SESSION;
  private static final String NO_ALLOW =
      REFUSAL + " because no identity-based policy allows the emr-serverless:GetSession action";
  private static final String EXPLICIT =
      REFUSAL + " with an explicit deny in an identity-based policy";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Action': 'emr-serverless:GetSession', 'Resource': '*'} | true",
        "{'Action': ['x:Y', 'EMR-Serverless:getsession'], 'Resource': ['*']} | true",
        "{'Action': 'emr-serverless:*Session', 'Resource': '*'} | true",
        "{'Action': 'emr-serverless:Get?ession', 'Resource': '*'} | true",
        "{'Action': '*', 'Resource': '*'} | true",
        "{'Action': 'emr-serverless:GetSessionEndpoint', 'Resource': '*'} | false",
        "{'Action': 'emr-serverless:Get', 'Resource': '*'} | false",
        "{'NotAction': 'iam:*', 'Resource': '*'} | true",
        "{'NotAction': ['iam:*', 'emr-serverless:Get*'], 'Resource': '*'} | false",
        "{'Action': '*', 'Resource': 'arn:aws:emr-serverless:*:*:/applications/00a/*'} | true",
        "{'Action': '*', 'Resource': 'arn:aws:emr-serverless:*:/applications/00a/*'} | false",
        "{'Action': '*', 'Resource': 'arn:aws:emr-serverless:*:*:/applications/00A/*'} | false",
        "{'Action': '*', 'Resource': 'arn:aws:emr-serverless:*:*:/applications/00a'} | false",
        "{'Action': '*', 'Resource': 'arn:aws:emr-serverless:*:*:/applications/*/sessions/00?'}"
            + " | true",
        "{'Action': '*',"
            + " 'Resource': 'arn:aws:emr-serverless:*:*:/applications/00a/sessions/${aws:userid}'}"
            + " | false",
        "{'Action': '*',"
            + " 'Resource': 'arn:aws:emr-serverless:*:${aws:PrincipalAccount}:/applications/*'}"
            + " | true",
        "{'Action': '*', 'Resource': '${aws:username}'} | false",
        "{'Action': '*', 'NotResource': 'arn:aws:s3:::*'} | true",
        "{'Action': '*', 'NotResource': ['x', 'arn:aws:emr-serverless:*:*:*']} | false",
        "{'Action': '*', 'NotResource': '${aws:username}'} | false",
        "{'Action': '*', 'Resource': '*', 'Condition': {'Null': {'aws:TagKeys': 'true'}}} | true",
        "{'Action': '*', 'Resource': '*', 'Condition': {'Null': {'aws:TagKeys': 'false'}}} | false",
      })
  void allowsAndDeniesWhatItNames(String statement, boolean named) {
    assertThat(denial(allow(statement)).isEmpty()).isEqualTo(named);
    assertThat(denial(allow("{'Action': '*', 'Resource': '*'}"), deny(statement)).isPresent())
        .isEqualTo(named);
  }

  @Test
  void deniesByDefault() {
    assertThat(denial()).contains(NO_ALLOW);
  }

  @Test
  void anExplicitDenyWins() {
    String all = "{'Action': '*', 'Resource': '*'}";
    assertThat(denial(allow(all), deny(all))).contains(EXPLICIT);
    assertThat(denial(deny(all), allow(all))).contains(EXPLICIT);
  }

  @Test
  void doesNotAllowByWhatItDoesNotKnow() {
    assertThat(denial(allow(when("'NumericLessThan': {'aws:userid': '3'}"))))
        .contains(NO_ALLOW + " (the sandbox does not know the condition operator NumericLessThan)");
    assertThat(denial(allow(when("'Bool': {'aws:MultiFactorAuthPresent': 'true'}"))))
        .contains(
            NO_ALLOW + " (the sandbox does not know the condition key aws:MultiFactorAuthPresent)");
    assertThat(
            denial(
                allow(when("'Bool': {'aws:MultiFactorAuthPresent': 'true'}")),
                allow("{'Action': '*', 'Resource': '*'}")))
        .isEmpty();
  }

  @Test
  void deniesByWhatItDoesNotKnow() {
    String all = "{'Action': '*', 'Resource': '*'}";
    assertThat(denial(allow(all), deny(when("'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}"))))
        .contains(EXPLICIT + " (the sandbox does not know the condition operator IpAddress)");
  }

  @Test
  void aDenyThatDoesNotHangOnTheUnknownDoesNotDeny() {
    String all = "{'Action': '*', 'Resource': '*'}";
    String no = "'StringEquals': {'aws:userid': 'somebody'}";
    String unknown = "'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}";
    assertThat(denial(allow(all), deny(when(unknown + ", " + no)))).isEmpty();
    assertThat(denial(allow(all), deny(when(no + ", " + unknown)))).isEmpty();
  }

  private static Optional<String> denial(JsonNode... statements) {
    Identity bob = new Identity("AKIA", BOB, "AROA1:bob", "", Map.of());
    return Policy.denial(
        new Caller(bob, "arn:aws:iam::111122223333:role/Developer", List.of(statements)),
        Action.on("emr-serverless:GetSession", SESSION, Map.of()));
  }

  private static String when(String condition) {
    return "{'Action': '*', 'Resource': '*', 'Condition': {" + condition + "}}";
  }

  private static JsonNode allow(String statement) {
    return json("Allow", statement);
  }

  private static JsonNode deny(String statement) {
    return json("Deny", statement);
  }

  private static JsonNode json(String effect, String statement) {
    try {
      return new ObjectMapper()
          .readTree(
              statement.replaceFirst("\\{", "{'Effect': '" + effect + "', ").replace('\'', '"'));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
