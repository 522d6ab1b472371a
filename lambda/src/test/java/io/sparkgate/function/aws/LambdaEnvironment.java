package io.sparkgate.function.aws;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Lambda gives a function. Where the SDK reads a variable by itself, the system property is
 * set that the SDK takes in its place. A profile file that no client could work with lies where the
 * SDK would look for one.
 */
public final class LambdaEnvironment implements AutoCloseable {

  private final Map<String, String> variables = new HashMap<>(Map.of("AWS_REGION", "eu-west-1"));
  private final Map<String, String> properties;
  private final HttpServer credentials;
  private final AtomicInteger handedOut = new AtomicInteger();
  private final Path profile;

  private LambdaEnvironment(URI service, URI cloudFormation) throws IOException {
    credentials = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    credentials.createContext(
        "/",
        exchange -> {
          String json =
              """
              {"AccessKeyId":"KEY%d","SecretAccessKey":"secret","Token":"token",
               "Expiration":"2999-01-01T00:00:00Z"}"""
                  .formatted(handedOut.incrementAndGet());
          exchange.sendResponseHeaders(200, json.length());
          exchange.getResponseBody().write(json.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    credentials.start();
    profile = Files.createTempFile("profile", "");
    Files.writeString(profile, "[default]\nuse_fips_endpoint = perhaps\n");
    String uri = "http://127.0.0.1:%d/credentials".formatted(credentials.getAddress().getPort());
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri);
    properties =
        Map.of(
            "aws.endpointUrlEmrServerless", service.toString(),
            "aws.endpointUrlCloudFormation", cloudFormation.toString(),
            "aws.containerCredentialsFullUri", uri,
            "aws.configFile", profile.toString(),
            "aws.sharedCredentialsFile", profile.toString());
    properties.forEach(System::setProperty);
  }

  /** With credentials from an endpoint, which hands out KEY1, KEY2 and so on. */
  public static LambdaEnvironment withContainerCredentials(URI service) {
    return withContainerCredentials(service, service);
  }

  /** The same, with CloudFormation elsewhere. */
  public static LambdaEnvironment withContainerCredentials(URI service, URI cloudFormation) {
    try {
      return new LambdaEnvironment(service, cloudFormation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LambdaEnvironment with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  public Map<String, String> variables() {
    return variables;
  }

  @Override
  public void close() throws IOException {
    properties.keySet().forEach(System::clearProperty);
    credentials.stop(0);
    Files.delete(profile);
  }
}
