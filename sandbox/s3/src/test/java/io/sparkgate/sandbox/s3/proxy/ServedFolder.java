package io.sparkgate.sandbox.s3.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server over the buckets {@code lake}, in which a person put a file, and {@code other}. */
final class ServedFolder implements AutoCloseable {
  static final String FILE = "data/x.csv";

  private final Path buckets;
  private final RecordingGuard guard = new RecordingGuard();
  private final S3ProxyServer server;
  private final S3Client client;

  ServedFolder(Path buckets) throws Exception {
    this.buckets = buckets;
    reset();
    server = new S3ProxyServer(buckets, guard);
    client = client(RecordingGuard.KEY, RecordingGuard.SECRET);
  }

  /** Puts the file back, and admits everything. */
  void reset() throws IOException {
    Files.createDirectories(buckets.resolve("other"));
    Files.createDirectories(buckets.resolve("lake/data"));
    Files.writeString(buckets.resolve("lake").resolve(FILE), "1,2\n");
    guard.deny();
  }

  RecordingGuard guard() {
    return guard;
  }

  S3ProxyServer server() {
    return server;
  }

  /** Of the one who holds the key that the guard knows. */
  S3Client client() {
    return client;
  }

  /** Of somebody else; it asks once. */
  S3Client client(String key, String secret) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
