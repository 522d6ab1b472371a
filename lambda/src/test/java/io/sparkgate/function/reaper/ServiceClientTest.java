package io.sparkgate.function.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.EmrServerlessStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * Made from the environment as in Lambda. Where the SDK reads a variable by itself, the test sets
 * the system property that the SDK takes in its place.
 */
class ServiceClientTest {

  private static final List<String> PROPERTIES =
      List.of(
          "aws.endpointUrlEmrServerless",
          "aws.containerCredentialsFullUri",
          "aws.configFile",
          "aws.sharedCredentialsFile");

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();
  private final HttpServer credentials = startCredentials();

  private static HttpServer startCredentials() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String json =
                """
                {"AccessKeyId":"AKID","SecretAccessKey":"secret","Token":"token",
                 "Expiration":"2999-01-01T00:00:00Z"}""";
            exchange.sendResponseHeaders(200, json.length());
            exchange.getResponseBody().write(json.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void pointTheSdkHere(@TempDir Path directory) throws IOException {
    Path profile =
        Files.writeString(directory.resolve("config"), "[default]\nuse_fips_endpoint = perhaps\n");
    String uri = "http://127.0.0.1:%d/credentials".formatted(credentials.getAddress().getPort());
    System.setProperty("aws.endpointUrlEmrServerless", emr.uri().toString());
    System.setProperty("aws.containerCredentialsFullUri", uri);
    System.setProperty("aws.configFile", profile.toString());
    System.setProperty("aws.sharedCredentialsFile", profile.toString());
  }

  @AfterEach
  void letGo() {
    PROPERTIES.forEach(System::clearProperty);
    credentials.stop(0);
  }

  @Test
  void takesEndpointAndContainerCredentialsFromTheEnvironmentAndNothingFromAProfile() {
    emr.application("app1");
    Map<String, String> environment =
        Map.of(
            "AWS_REGION", "eu-west-1",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI", "given to the SDK by the property");

    try (EmrServerlessClient client = ServiceClient.fromEnvironment(environment)) {
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
