package io.sparkgate.function.stub;

import io.sparkgate.function.aws.ServiceClient;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.Region;

/** The functions' own clients, pointed at stubs. */
public final class StubClients {

  private StubClients() {}

  /** One in eu-west-1. */
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C of(
      B builder, URI uri) {
    return ServiceClient.configured(builder)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
        .endpointOverride(uri)
        .build();
  }
}
