package io.sparkgate.function.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.EmrServerlessStub;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

class ServiceClientTest {

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();

  @AutoClose
  private final LambdaEnvironment lambda = LambdaEnvironment.withContainerCredentials(emr.uri());

  @Test
  void takesEndpointAndContainerCredentialsFromTheEnvironmentAndNothingFromAProfile() {
    emr.application("app1");

    try (EmrServerlessClient client = ServiceClient.fromEnvironment(lambda.variables())) {
      client.listSessions(request -> request.applicationId("app1"));
    }

    assertThat(emr.calls())
        .extracting(Call::signingScope)
        .containsExactly("eu-west-1/emr-serverless/aws4_request");
  }

  @Test
  void saysThatTheRegionIsMissing() {
    assertThatThrownBy(() -> ServiceClient.fromEnvironment(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("AWS_REGION is not set; allowed: ");
  }
}
