package io.sparkgate.function.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** Where calls go and for whom they are signed, without the SDK's tables of services. */
class ServiceClientEndpointTest {

  /** Keeps the request and lets nothing out. */
  private static final class Catch implements ExecutionInterceptor {
    private final AtomicReference<SdkHttpRequest> request = new AtomicReference<>();

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      request.set(context.httpRequest());
      throw new IllegalStateException("caught");
    }
  }

  private final Catch caught = new Catch();

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, emr-serverless.eu-west-1.amazonaws.com",
    "us-gov-west-1, emr-serverless.us-gov-west-1.amazonaws.com",
    "cn-north-1, emr-serverless.cn-north-1.amazonaws.com.cn",
  })
  void callsTheServiceOfTheRegionsPartition(String region, String host) {
    try (EmrServerlessClient client = catching(ServiceClient.builder(), region).build()) {
      assertThatThrownBy(() -> client.listSessions(request -> request.applicationId("app1")))
          .hasMessageContaining("caught");
    }

    assertCalled(host, "/" + region + "/emr-serverless/aws4_request");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, cloudformation.eu-west-1.amazonaws.com",
    "us-gov-west-1, cloudformation.us-gov-west-1.amazonaws.com",
    "cn-north-1, cloudformation.cn-north-1.amazonaws.com.cn",
  })
  void callsCloudFormationOfTheRegionsPartition(String region, String host) {
    var builder = ServiceClient.configured(CloudFormationClient.builder());
    try (CloudFormationClient client = catching(builder, region).build()) {
      assertThatThrownBy(
              () ->
                  client.describeStackResource(
                      request -> request.stackName("stack").logicalResourceId("id")))
          .hasMessageContaining("caught");
    }

    assertCalled(host, "/" + region + "/cloudformation/aws4_request");
  }

  private <B extends AwsClientBuilder<B, C>, C> B catching(B builder, String region) {
    return builder
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("KEY", "secret")))
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder().addExecutionInterceptor(caught).build());
  }

  private void assertCalled(String host, String scope) {
    assertThat(caught.request.get().host()).isEqualTo(host);
    assertThat(caught.request.get().firstMatchingHeader("Authorization"))
        .hasValueSatisfying(value -> assertThat(value).contains(scope));
  }
}
