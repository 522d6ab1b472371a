package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.grpc.Status;

class OwnerInterceptorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=alice",
        "cn=alice",
        "CN=alice,OU=Data,O=Example\\, Inc.,C=DE",
        "C=DE, O=Example, CN=alice",
        "OU=Data+CN=alice,O=Example"
      })
  void letsTheCertificatesOwnerIn(String subject) {
    assertThat(OwnerInterceptor.refusal("alice", List.of(subject))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "null",
      value = {
        "bob | CN=alice | user_id is 'bob', but the certificate is alice's; connect with user_id=alice",
        "Alice | CN=alice | user_id is 'Alice', but the certificate is alice's",
        "null | CN=alice | user_id is '', but the certificate is alice's",
        "alice | CN=alice.example | the certificate is alice.example's",
        "alice | O=CN\\=alice | has no common name; take one that names its owner in one CN",
        "alice | CN=alice,CN=bob | has more than one common name",
        "alice | alice | the certificate is of alice, which has no common name"
      })
  void refusesEverybodyElse(String user, String subject, String why) {
    assertThat(OwnerInterceptor.refusal(user, List.of(subject)))
        .satisfies(
            refusal -> {
              assertThat(refusal.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
              assertThat(refusal.getDescription()).contains(why);
            });
  }

  @Test
  void refusesACallThatNoLoadBalancerVerified() {
    assertThat(OwnerInterceptor.refusal("alice", List.of()).getDescription())
        .isEqualTo(
            "the call came with no verified client certificate; connect through the load balancer");
  }

  @Test
  void refusesAHeaderThatTheClientAdded() {
    assertThat(OwnerInterceptor.refusal("alice", List.of("CN=alice", "CN=bob")).getDescription())
        .startsWith("the call came with more than one verified client certificate");
  }
}
