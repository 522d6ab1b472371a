package io.sparkgate.function.aws;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClientBuilder;

/**
 * The client of the service as the functions use it. Its endpoint can be changed by the SDK's own
 * {@code AWS_ENDPOINT_URL_EMR_SERVERLESS}.
 */
public final class ServiceClient {

  /** How many calls a function can make side by side; see docs/adr/0006. */
  public static final int CONNECTIONS = 8;

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  /**
   * With the delays below, a call that keeps failing gives up after two seconds, well within the
   * limits that callers set to a call.
   */
  static final int MAX_ATTEMPTS = 6;

  static final Duration FIRST_DELAY = Duration.ofMillis(50);
  static final Duration MAX_DELAY = Duration.ofSeconds(2);

  static {
    // The JDK keeps 5 idle connections for each server unless told otherwise.
    System.setProperty("http.maxConnections", String.valueOf(CONNECTIONS));
  }

  private ServiceClient() {}

  public static EmrServerlessClient fromEnvironment(Map<String, String> environment) {
    return inEnvironment(builder(), environment).build();
  }

  /** One that leaves no connection open after a call. */
  public static EmrServerlessClient withoutKeepAlive(Map<String, String> environment) {
    EmrServerlessClientBuilder builder = inEnvironment(builder(), environment);
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder().putHeader("Connection", "close").build())
        .build();
  }

  /** Gives the builder Region and credentials as Lambda has them. */
  public static <B extends AwsClientBuilder<B, C>, C> B inEnvironment(
      B builder, Map<String, String> environment) {
    return builder.region(region(environment)).credentialsProvider(credentials(environment));
  }

  static Region region(Map<String, String> environment) {
    String region = environment.get("AWS_REGION");
    if (region == null) {
      throw new IllegalArgumentException(
          "AWS_REGION is not set; allowed: the name of a Region. Lambda sets it, and so must you");
    }
    return Region.of(region);
  }

  /** Complete but for Region and credentials. */
  public static EmrServerlessClientBuilder builder() {
    return configured(EmrServerlessClient.builder());
  }

  /** Gives the builder of any service's client what all have in common. */
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configured(
      B builder) {
    return builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT))
        .overrideConfiguration(
            override ->
                override
                    // An empty one, so that no profile file has a say in how a function works. The
                    // SDK looks for the default one when it builds the client, all the same.
                    .defaultProfileFile(ProfileFile.aggregator().build())
                    .retryStrategy(retries()));
  }

  /**
   * Tries again what may pass, but not what is throttled: that is for the one who paces the calls.
   * Without the circuit breaker, which would fail the rest of a sweep after a storm of errors.
   */
  private static StandardRetryStrategy retries() {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .useClientDefaults(false)
        .retryOnException(ServiceClient::mayPass)
        .circuitBreakerEnabled(false)
        .maxAttempts(MAX_ATTEMPTS)
        .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_DELAY, MAX_DELAY))
        .build();
  }

  private static boolean mayPass(Throwable e) {
    if (e instanceof AwsServiceException answer) {
      return !answer.isThrottlingException()
          && (answer.statusCode() >= 500 || answer.isClockSkewException());
    }
    return e.getCause() instanceof IOException;
  }

  /** Under SnapStart, Lambda gives credentials by an endpoint instead of by variables. */
  static AwsCredentialsProvider credentials(Map<String, String> environment) {
    return environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
        ? ContainerCredentialsProvider.create()
        : EnvironmentVariableCredentialsProvider.create();
  }
}
