package io.sparkgate.sandbox.s3.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What AWS's own client is told, and what it leaves in the folder. */
class S3ProxyServerTest {

  @TempDir private static Path buckets;

  @RegisterExtension private static final ServedFolder served = new ServedFolder(() -> buckets);

  @Test
  void deniesInS3sWords() {
    served.guard().deny("s3:GetObject");

    assertThatThrownBy(() -> read("lake", "data/x.csv"))
        .isInstanceOfSatisfying(
            S3Exception.class,
            refusal -> {
              assertThat(refusal.statusCode()).isEqualTo(403);
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
              assertThat(refusal.awsErrorDetails().errorMessage())
                  .isEqualTo("not \"s3:GetObject\" on <lake/data/x.csv>");
            });
  }

  @Test
  void copiesOnlyWhatMayBeReadToWhereItMayBeWritten() {
    served.guard().deny("s3:PutObject");
    assertDenied("s3:PutObject", () -> copy());
    served.guard().deny("s3:GetObject");
    assertDenied("s3:GetObject", () -> copy());
    assertThat(buckets.resolve("other/copied")).doesNotExist();
  }

  private static void copy() {
    served
        .client()
        .copyObject(
            b ->
                b.sourceBucket("lake")
                    .sourceKey("data/x.csv")
                    .destinationBucket("other")
                    .destinationKey("copied"));
  }

  @Test
  void deletesOfManyWhatMayBeDeletedAndSaysWhatNot() {
    served.guard().deny("s3:DeleteObject");

    var answer =
        served
            .client()
            .deleteObjects(b -> b.bucket("lake").delete(d -> d.objects(id("data/x.csv"))));

    assertThat(answer.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.code()).isEqualTo("AccessDenied"));
    assertThat(buckets.resolve("lake/data/x.csv")).exists();
  }

  @Test
  void tellsThatAnObjectIsMissingOnlyToThoseWhoMayList() {
    assertThatThrownBy(() -> read("lake", "none")).isInstanceOf(NoSuchKeyException.class);

    served.guard().deny("s3:ListBucket");
    assertDenied("s3:ListBucket", () -> read("lake", "none"));
  }

  @Test
  void tellsThatABucketIsMissingToAnybodyWhoSigns() {
    served.guard().deny("s3:GetObject", "s3:PutObject", "s3:ListBucket");

    assertThatThrownBy(() -> read("none", "x")).isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> served.client().createMultipartUpload(b -> b.bucket("none").key("x")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> served.client().listObjectsV2(b -> b.bucket("none")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThat(buckets.resolve("none")).doesNotExist();
    assertThat(served.guard().asked()).isNotEmpty().containsOnly("missing none");
  }

  @Test
  void takesNoOtherSecretAndNoOtherKey() {
    try (S3Client forger = served.client(RecordingGuard.KEY, "guessed");
        S3Client stranger = served.client("AKIAOTHER", RecordingGuard.SECRET)) {
      assertCode("SignatureDoesNotMatch", () -> forger.listObjectsV2(b -> b.bucket("lake")));
      assertCode("InvalidAccessKeyId", () -> stranger.listObjectsV2(b -> b.bucket("lake")));
    }
    assertThat(served.guard().asked()).isEmpty();
  }

  @Test
  void tellsNothingToWhoDoesNotSign() throws IOException {
    for (String path : List.of("/", "/lake", "/lake/data/x.csv")) {
      assertThat(statusOf("GET", path)).isEqualTo(403);
      assertThat(statusOf("PUT", path)).isEqualTo(403);
    }
    assertThat(buckets.resolve("lake/data/x.csv")).hasContent("1,2\n");
  }

  private static int statusOf(String method, String path) throws IOException {
    var url = served.server().endpoint().resolve(path).toURL();
    if (!(url.openConnection() instanceof HttpURLConnection request)) {
      throw new IOException("not HTTP: " + url);
    }
    request.setRequestMethod(method);
    return request.getResponseCode();
  }

  @Test
  void refusesWhatItDoesNotPlay() {
    assertCode("NotImplemented", () -> served.client().getBucketTagging(b -> b.bucket("lake")));
    assertCode(
        "NotImplemented",
        () ->
            served
                .client()
                .putBucketVersioning(
                    b -> b.bucket("lake").versioningConfiguration(v -> v.status("Enabled"))));
  }

  /** The store does not ask about them. */
  @Test
  void refusesTheKeysOfItsOwnBookkeeping() {
    String key = ".s3proxy-mpu-stub-0ff7469c-6ec5-4c50-9fd6-7097f7bbe8ea";

    assertCode("InvalidArgument", () -> read("lake", key));
    assertCode(
        "InvalidArgument",
        () -> served.client().createMultipartUpload(b -> b.bucket("lake").key(key)));
    assertCode(
        "InvalidArgument",
        () ->
            served
                .client()
                .copyObject(
                    b ->
                        b.sourceBucket("lake")
                            .sourceKey(key)
                            .destinationBucket("other")
                            .destinationKey("copied")));
    assertCode(
        "InvalidArgument",
        () -> served.client().deleteObjects(b -> b.bucket("lake").delete(d -> d.objects(id(key)))));
  }

  @Test
  void staysInTheBucketsFolder() throws IOException {
    Files.writeString(buckets.resolve("secret"), "secret");

    assertThatThrownBy(() -> read("lake", "../secret")).isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> read("lake", "data/../../secret")).isInstanceOf(S3Exception.class);
  }

  /** Hadoop's client reads an object as long as it has the ETag that it had at first. */
  @Test
  void givesFilesThatAPersonPutThereAnETagThatChangesWithThem() throws IOException {
    String listed =
        served
            .client()
            .listObjectsV2(b -> b.bucket("lake").prefix("data/"))
            .contents()
            .get(0)
            .eTag();
    String looked = served.client().headObject(b -> b.bucket("lake").key("data/x.csv")).eTag();
    String first = read("lake", "data/x.csv");
    String part =
        served
            .client()
            .getObjectAsBytes(b -> b.bucket("lake").key("data/x.csv").range("bytes=1-2"))
            .response()
            .eTag();
    Files.writeString(buckets.resolve("lake/data/x.csv"), "other content\n");

    assertThat(List.of(listed, looked, part)).allMatch(first::equals);
    assertThat(read("lake", "data/x.csv")).isNotEqualTo(first);
  }

  @Test
  void leavesPlainFilesForPeopleToLookAt() {
    served
        .client()
        .putObject(b -> b.bucket("lake").key("out/é x.txt"), RequestBody.fromString("seen"));

    assertThat(buckets.resolve("lake/out/é x.txt")).hasContent("seen");
  }

  /** The ETag of what it read. */
  private static String read(String bucket, String key) {
    return served.client().getObjectAsBytes(b -> b.bucket(bucket).key(key)).response().eTag();
  }

  private static void assertDenied(String action, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("not \"%s\" on ".formatted(action));
  }

  private static void assertCode(String code, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            S3Exception.class,
            refusal -> assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code));
  }

  private static ObjectIdentifier id(String key) {
    return ObjectIdentifier.builder().key(key).build();
  }
}
