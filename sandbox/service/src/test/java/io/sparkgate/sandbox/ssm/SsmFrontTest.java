package io.sparkgate.sandbox.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.ssm.Ssm.Reply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsmFrontTest {

  private final Ssm ssm = new Ssm();

  @AfterEach
  void close() {
    ssm.close();
  }

  @Test
  void readsWhatIsThereAndNamesWhatIsNot() {
    Reply reply =
        ssm.call(
            "GetParameters", "{'Names': ['/sparkgate/dev/owner', '/sparkgate/dev/owner-tag']}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/x-amz-json-1.1");
    assertThat(reply.body().path("Parameters"))
        .containsExactly(
            Ssm.json(
                """
                {'Name': '/sparkgate/dev/owner', 'Type': 'String', 'Value': 'user-id',
                 'Version': 1, 'ARN': '%s/sparkgate/dev/owner', 'DataType': 'text'}
                """
                    .formatted(Ssm.ARN)));
    assertThat(reply.body().path("InvalidParameters"))
        .containsExactly(Ssm.json("'/sparkgate/dev/owner-tag'"));
  }

  @Test
  void readsOne() {
    Reply there = ssm.call("GetParameter", "{'Name': '/sparkgate/dev/owner'}");
    Reply missing = ssm.call("GetParameter", "{'Name': '/sparkgate/dev/none'}");

    assertThat(there.body().at("/Parameter/Value").asText()).isEqualTo("user-id");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.type()).isEqualTo("ParameterNotFound");
  }

  @Test
  void saysOfAListThatItIsOne() {
    Reply reply = ssm.call("GetParameter", "{'Name': '/sparkgate/dev/log-groups'}");

    assertThat(reply.body().at("/Parameter/Type").asText()).isEqualTo("StringList");
    assertThat(reply.body().at("/Parameter/Value").asText()).isEqualTo("/a,/b");
  }

  @Test
  void deniesInAwsWordsAllOfACallOfWhichAPartIsNotAllowed() {
    Reply reply = ssm.call("GetParameters", "{'Names': ['/sparkgate/dev/owner', '/other']}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.type()).isEqualTo("AccessDeniedException");
    assertThat(reply.message())
        .isEqualTo(
            "User: "
                + Ssm.ALICE
                + " is not authorized to perform: ssm:GetParameters on resource: "
                + Ssm.ARN
                + "/other because no identity-based policy allows the ssm:GetParameters action");
    assertThat(ssm.call("GetParameter", "{'Name': '/other'}").message())
        .contains("perform: ssm:GetParameter on resource: " + Ssm.ARN + "/other because");
    assertThat(ssm.call("GetParameter", "{'Name': '/none'}").type())
        .as("nor does it tell what exists")
        .isEqualTo("AccessDeniedException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GetParameters | {} | 1 validation error detected: Value '[]' at 'names' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "GetParameters | {'Names': ['/a', '/a']} | Duplicate parameter names are not allowed.",
        "GetParameter | {} | 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
      })
  void refusesWhatTheModelDoesNotAllow(String operation, String body, String message) {
    Reply reply = ssm.call(operation, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.type()).isEqualTo("ValidationException");
    assertThat(reply.message()).isEqualTo(message);
  }

  @Test
  void readsTenAtMost() {
    assertThat(ssm.call("GetParameters", names(10)).status()).isEqualTo(200);
    Reply reply = ssm.call("GetParameters", names(11));

    assertThat(reply.type()).isEqualTo("ValidationException");
    assertThat(reply.message())
        .startsWith("1 validation error detected: Value '[/sparkgate/dev/1, ")
        .endsWith(
            "at 'names' failed to satisfy constraint: Member must have length less than or equal to 10");
  }

  private static String names(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "'/sparkgate/dev/" + i + "'")
        .collect(Collectors.joining(",", "{'Names': [", "]}"));
  }

  @Test
  void saysWhatItDoesNotPlay() {
    Reply reply = ssm.call("GetParametersByPath", "{'Path': '/sparkgate'}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.type()).isEqualTo("UnknownOperationException");
    assertThat(reply.message())
        .isEqualTo(
            "The sandbox's SSM has no operation GetParametersByPath; it plays GetParameter and"
                + " GetParameters.");
    assertThat(ssm.call("GetParameter", "[]").message())
        .isEqualTo("The request's body is not a JSON object.");
    assertThat(ssm.call("GetParameter", "{").type()).isEqualTo("SerializationException");
  }

  @Test
  void knowsNobodyElse() {
    Reply stranger = ssm.call("AKIAUNKNOWN", "GetParameter", "{'Name': '/other'}");
    Reply late = ssm.call(ssm.expired(), "GetParameter", "{'Name': '/other'}");

    assertThat(stranger.type()).isEqualTo("UnrecognizedClientException");
    assertThat(stranger.message())
        .isEqualTo("The security token included in the request is invalid.");
    assertThat(late.type()).isEqualTo("ExpiredTokenException");
    assertThat(late.message()).isEqualTo("The security token included in the request is expired");
  }
}
