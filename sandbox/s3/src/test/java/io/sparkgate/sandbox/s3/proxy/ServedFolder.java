package io.sparkgate.sandbox.s3.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A server over the buckets {@code lake}, in which a person put a file, and {@code other}: one for
 * the tests of a class, before each of which the file is put back.
 */
final class ServedFolder implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  static final String FILE = "data/x.csv";

  private final Supplier<Path> folder;
  private final RecordingGuard guard = new RecordingGuard();
  private S3ProxyServer server;
  private S3Client client;

  /**
   * A server that is to be.
   *
   * @param folder which the buckets are in; there is one when the first test begins
   */
  ServedFolder(Supplier<Path> folder) {
    this.folder = folder;
  }

  @Override
  public void beforeAll(ExtensionContext tests) throws Exception {
    putFile();
    server = new S3ProxyServer(folder.get(), guard);
    client = client(RecordingGuard.KEY, RecordingGuard.SECRET);
  }

  /** Puts the file back, and admits everything. */
  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    putFile();
    guard.deny();
  }

  private void putFile() throws IOException {
    Path buckets = folder.get();
    Files.createDirectories(buckets.resolve("other"));
    Files.createDirectories(buckets.resolve("lake/data"));
    Files.writeString(buckets.resolve("lake").resolve(FILE), "1,2\n");
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
  public void afterAll(ExtensionContext tests) {
    client.close();
    server.close();
  }
}
