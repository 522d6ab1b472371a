package io.sparkgate.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  private static final Identity ALICE =
      new Identity(
          "AKIA",
          "arn:aws:sts::111122223333:assumed-role/Developer/alice",
          "AROA1:alice",
          "",
          Map.of("team", "Data*"));

  private static final Action ACTION =
      new Action(
          "emr-serverless:TagResource",
          "arn:aws:emr-serverless:eu-west-1:444455556666:/applications/00a/sessions/00s",
          Map.of("owner", "AROA1:alice"),
          List.of("owner", "idle"),
          Map.of("owner", "AROA1:bob", "team", "Data", "empty", ""),
          Map.of("iam:PassedToService", "emr-serverless.amazonaws.com"));

  private static final RequestContext CONTEXT =
      new RequestContext(
          new Caller(ALICE, "arn:aws:iam::111122223333:role/x/Developer", List.of()), ACTION);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A list of values is an OR, several keys are an AND.
        "{'StringEquals': {'aws:userid': 'AROA1:alice'}} | true",
        "{'StringEquals': {'aws:userid': ['x', 'AROA1:alice']}} | true",
        "{'StringEquals': {'aws:userid': 'aroa1:ALICE'}} | false",
        "{'StringEquals': {'aws:userid': 'AROA1:*'}} | false",
        "{'StringEquals': {'aws:userid': 'AROA1:alice', 'aws:ResourceTag/team': 'x'}} | false",
        "{'StringEquals': {'aws:userid': 'AROA1:alice'}, 'Bool': {'aws:SecureTransport': 'false'}}"
            + " | false",
        "{'StringEqualsIgnoreCase': {'aws:userid': 'aroa1:ALICE'}} | true",
        "{'StringLike': {'aws:userid': 'AROA?:*'}} | true",
        "{'StringLike': {'aws:userid': ['A', '?']}} | false",
        // Negated: none may match.
        "{'StringNotEquals': {'aws:ResourceTag/team': ['x', 'y']}} | true",
        "{'StringNotEquals': {'aws:ResourceTag/team': ['x', 'Data']}} | false",
        "{'StringNotLike': {'aws:ResourceTag/team': ['x*', 'D*']}} | false",
        "{'StringNotEqualsIgnoreCase': {'aws:ResourceTag/team': 'DATA'}} | false",
        // A key that the request lacks.
        "{'StringEquals': {'aws:ResourceTag/none': 'x'}} | false",
        "{'StringLike': {'aws:ResourceTag/none': '*'}} | false",
        "{'StringNotEquals': {'aws:ResourceTag/none': 'x'}} | true",
        "{'StringNotLike': {'aws:ResourceTag/none': '*'}} | true",
        "{'StringEqualsIfExists': {'aws:ResourceTag/none': 'x'}} | true",
        "{'StringEqualsIfExists': {'aws:ResourceTag/team': 'x'}} | false",
        "{'StringNotEqualsIfExists': {'aws:ResourceTag/team': 'x'}} | true",
        "{'BoolIfExists': {'aws:SourceIdentity': 'true'}} | true",
        "{'StringLike': {'aws:ResourceTag/empty': '*'}} | true",
        "{'StringEquals': {'aws:ResourceTag/empty': ''}} | true",
        "{'Null': {'aws:ResourceTag/none': 'true'}} | true",
        "{'Null': {'aws:ResourceTag/none': 'false'}} | false",
        "{'Null': {'aws:ResourceTag/owner': 'false'}} | true",
        "{'Null': {'aws:ResourceTag/owner': false}} | true",
        "{'Null': {'aws:ResourceTag/owner': 'true'}} | false",
        "{'Null': {'aws:SourceIdentity': ['true', 'false']}} | true",
        "{'Null': {'aws:TagKeys': 'false'}} | true",
        // Names of keys and operators have no case, keys of tags neither.
        "{'stringequals': {'AWS:UserId': 'AROA1:alice'}} | true",
        "{'StringEquals': {'aws:resourcetag/TEAM': 'Data'}} | true",
        // Variables.
        "{'StringEquals': {'aws:RequestTag/owner': '${aws:userid}'}} | true",
        "{'StringEquals': {'aws:ResourceTag/owner': '${aws:userid}'}} | false",
        "{'StringNotEquals': {'aws:ResourceTag/owner': '${aws:userid}'}} | true",
        "{'StringEquals': {'aws:ResourceTag/owner': '${aws:SourceIdentity}'}} | false",
        "{'StringNotEquals': {'aws:ResourceTag/owner': '${aws:SourceIdentity}'}} | false",
        "{'StringNotEquals': {'aws:ResourceTag/owner': '${aws:username}'}} | false",
        "{'StringEquals': {'aws:ResourceTag/team': '${aws:SourceIdentity, ´Data´}'}} | true",
        "{'StringLike': {'aws:RequestTag/owner': '*:${aws:SourceIdentity,´alice´}'}} | true",
        "{'StringEquals': {'aws:PrincipalTag/team': 'Data*'}} | true",
        "{'StringLike': {'aws:ResourceTag/team': '${aws:PrincipalTag/team}'}} | false",
        "{'StringEquals': {'aws:PrincipalTag/team': 'Data${*}'}} | true",
        "{'StringLike': {'aws:ResourceTag/team': 'Data${*}'}} | false",
        "{'StringLike': {'aws:PrincipalTag/team': '${?}*'}} | false",
        "{'StringEquals': {'aws:userid': '${$}{aws:userid}'}} | false",
        // ARNs: a wildcard stays between two colons.
        "{'ArnLike': {'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*'}} | true",
        "{'ArnEquals': {'aws:PrincipalArn': 'arn:aws:iam::*:role/?/Developer'}} | true",
        "{'ArnLike': {'aws:PrincipalArn': 'arn:*:role/x/Developer'}} | false",
        "{'ArnNotLike': {'aws:PrincipalArn': 'arn:aws:iam::*:role/*'}} | false",
        "{'ArnNotEquals': {'aws:PrincipalArn': 'arn:aws:iam::*:user/*'}} | true",
        // Keys of many values.
        "{'ForAllValues:StringEquals': {'aws:TagKeys': ['owner', 'idle', 'x']}} | true",
        "{'ForAllValues:StringEquals': {'aws:TagKeys': ['owner']}} | false",
        "{'ForAllValues:StringLike': {'aws:TagKeys': ['*']}} | true",
        "{'ForAllValues:StringNotEquals': {'aws:TagKeys': ['keep']}} | true",
        "{'ForAllValues:StringNotEquals': {'aws:TagKeys': ['idle']}} | false",
        "{'ForAnyValue:StringEquals': {'aws:TagKeys': ['idle', 'x']}} | true",
        "{'ForAnyValue:StringEquals': {'aws:TagKeys': ['keep']}} | false",
        "{'ForAnyValue:StringNotEquals': {'aws:TagKeys': ['owner']}} | true",
        "{'ForAnyValue:StringNotEquals': {'aws:TagKeys': ['owner', 'idle']}} | false",
        "{'ForAllValues:StringEquals': {'aws:ResourceTag/none': ['x']}} | true",
        "{'ForAnyValue:StringEquals': {'aws:ResourceTag/none': ['x']}} | false",
        "{'ForAnyValue:StringEqualsIfExists': {'aws:ResourceTag/none': ['x']}} | true",
        // Further keys.
        "{'Bool': {'aws:SecureTransport': 'TRUE'}} | true",
        "{'Bool': {'aws:SecureTransport': true}} | true",
        "{'StringEquals': {'iam:PassedToService': 'emr-serverless.amazonaws.com'}} | true",
        "{'StringEquals': {'aws:PrincipalAccount': '111122223333'}} | true",
        "{'StringEquals': {'aws:ResourceAccount': '${aws:PrincipalAccount}'}} | false",
        "{'StringEquals': {'aws:ResourceAccount': '444455556666'}} | true",
        "{} | true",
      })
  void hold(String conditions, boolean expected) throws Exception {
    assertThat(Conditions.hold(json(conditions), CONTEXT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'DateLessThan': {'aws:userid': 'x'}} | the condition operator DateLessThan",
        "{'NullIfExists': {'aws:userid': 'true'}} | the condition operator NullIfExists",
        "{'StringEquals': {'aws:CurrentTime': 'x'}} | the condition key aws:CurrentTime",
        "{'Null': {'emr-serverless:IdleTimeout': 'true'}}"
            + " | the condition key emr-serverless:IdleTimeout",
        "{'StringEquals': {'aws:userid': '${aws:SourceIp}'}} | the condition key aws:SourceIp",
        "{'StringEquals': {'aws:TagKeys': 'owner'}} | StringEquals of aws:TagKeys, a key of many"
            + " values, without ForAllValues or ForAnyValue",
      })
  void areUnknown(String conditions, String what) {
    assertThatThrownBy(() -> Conditions.hold(json(conditions), CONTEXT))
        .isInstanceOf(Unknown.class)
        .hasMessage(what);
  }

  /** Written with single quotes, and those of a variable's default value as ´. */
  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"').replace('´', '\''));
  }
}
