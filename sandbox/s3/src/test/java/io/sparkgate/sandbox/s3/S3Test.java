package io.sparkgate.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as the sandbox starts it: loaded apart from the class path. */
class S3Test {
  @TempDir private Path work;
  private final LiveAccess access = new LiveAccess();

  @Test
  void startsWithTheFirstUseAndStopsListening() throws Exception {
    URI endpoint;
    try (S3 s3 = s3()) {
      endpoint = s3.endpoint();
      assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
      assertThat(s3.endpoint()).isEqualTo(endpoint);
      assertThat(get(endpoint)).contains("<Code>AccessDenied</Code>");
      assertThat(work.resolve("s3")).isDirectory();
    }
    assertThatThrownBy(() -> get(endpoint)).isInstanceOf(ConnectException.class);
  }

  @Test
  void costsNothingUntilThen() {
    s3().close();

    assertThat(work.resolve("s3")).doesNotExist();
  }

  /**
   * Spark has another Jackson and no Guava; what both sides speak with must be the same to both.
   */
  @Test
  void loadsAllButWhatBothSidesSpeakWithApart() throws Exception {
    try (var apart = Isolated.open()) {
      assertThat(apart.loadClass("com.google.common.collect.ImmutableList").getClassLoader())
          .isSameAs(apart);
      assertThat(apart.loadClass("io.sparkgate.sandbox.s3.proxy.S3ProxyServer").getClassLoader())
          .isSameAs(apart);
      assertThat(apart.loadClass(Guard.class.getName())).isSameAs(Guard.class);
    }
  }

  @Test
  void givesEachKeyASecretOfItsOwnThatNobodyGuesses() {
    try (S3 s3 = s3()) {
      Credentials signedIn = access.issue("arn:aws:iam::1:role/R", "s", List::of);
      Credentials first = s3.admit(signedIn);
      Credentials second = s3.admit(signedIn);

      assertThat(first.accessKeyId()).isEqualTo(signedIn.accessKeyId());
      assertThat(first.secretAccessKey())
          .hasSize(40)
          .isNotEqualTo(signedIn.secretAccessKey())
          .isNotEqualTo(second.secretAccessKey());
    }
  }

  private S3 s3() {
    return new S3(work.resolve("s3"), access, "111122223333", denial -> {});
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
