package io.sparkgate.sandbox.s3.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What requests of AWS's own client ask of IAM, and what they are told. */
class S3ProxyServerTest {
  private static final int PART = 5 << 20;

  @TempDir private static Path buckets;
  private static final RecordingGuard GUARD = new RecordingGuard();
  private static S3ProxyServer server;
  private static S3Client client;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(buckets.resolve("other"));
    server = new S3ProxyServer(buckets, GUARD);
    client = client(RecordingGuard.KEY, RecordingGuard.SECRET);
  }

  private static S3Client client(String key, String secret) {
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

  @BeforeEach
  void reset() throws IOException {
    Files.createDirectories(buckets.resolve("lake/data"));
    Files.writeString(buckets.resolve("lake/data/x.csv"), "1,2\n");
    GUARD.deny();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  static List<Arguments> requests() {
    return List.of(
        request("ListBuckets", s3 -> s3.listBuckets(), "s3:ListAllMyBuckets *"),
        request("HeadBucket", s3 -> s3.headBucket(b -> b.bucket("lake")), "s3:ListBucket lake"),
        request(
            "GetBucketLocation",
            s3 -> s3.getBucketLocation(b -> b.bucket("lake")),
            "s3:GetBucketLocation lake"),
        request(
            "GetBucketAcl", s3 -> s3.getBucketAcl(b -> b.bucket("lake")), "s3:GetBucketAcl lake"),
        request(
            "ListObjectsV2",
            s3 -> s3.listObjectsV2(b -> b.bucket("lake").prefix("data/").delimiter("/")),
            "s3:ListBucket lake {s3:delimiter=/, s3:prefix=data/}"),
        request("ListObjects", s3 -> s3.listObjects(b -> b.bucket("lake")), "s3:ListBucket lake"),
        request(
            "ListMultipartUploads",
            s3 -> s3.listMultipartUploads(b -> b.bucket("lake")),
            "s3:ListBucketMultipartUploads lake"),
        request(
            "HeadObject",
            s3 -> s3.headObject(b -> b.bucket("lake").key("data/x.csv")),
            "s3:GetObject lake/data/x.csv"),
        request(
            "GetObject",
            s3 -> s3.getObjectAsBytes(b -> b.bucket("lake").key("data/x.csv")),
            "s3:GetObject lake/data/x.csv"),
        request(
            "GetObjectAcl",
            s3 -> s3.getObjectAcl(b -> b.bucket("lake").key("data/x.csv")),
            "s3:GetObjectAcl lake/data/x.csv"),
        request(
            "PutObject",
            s3 -> s3.putObject(b -> b.bucket("lake").key("new/y"), RequestBody.fromString("y")),
            "s3:PutObject lake/new/y"),
        request(
            "CopyObject",
            s3 ->
                s3.copyObject(
                    b ->
                        b.sourceBucket("lake")
                            .sourceKey("data/x.csv")
                            .destinationBucket("other")
                            .destinationKey("copy")),
            "s3:GetObject lake/data/x.csv",
            "s3:PutObject other/copy"),
        request(
            "DeleteObject",
            s3 -> s3.deleteObject(b -> b.bucket("lake").key("data/x.csv")),
            "s3:DeleteObject lake/data/x.csv"),
        request(
            "DeleteObjects",
            s3 ->
                s3.deleteObjects(
                    b -> b.bucket("lake").delete(d -> d.objects(id("data/x.csv"), id("none")))),
            "s3:DeleteObject lake/data/x.csv",
            "s3:DeleteObject lake/none"),
        request("multipart upload", s3 -> upload(s3), "s3:PutObject lake/big"),
        request(
            "CreateBucket", s3 -> s3.createBucket(b -> b.bucket("made")), "s3:CreateBucket made"),
        request(
            "DeleteBucket", s3 -> s3.deleteBucket(b -> b.bucket("made")), "s3:DeleteBucket made"));
  }

  private static Arguments request(String name, Consumer<S3Client> request, String... questions) {
    return Arguments.of(name, request, List.of(questions));
  }

  private static ObjectIdentifier id(String key) {
    return ObjectIdentifier.builder().key(key).build();
  }

  private static void upload(S3Client s3) {
    String id = s3.createMultipartUpload(b -> b.bucket("lake").key("big")).uploadId();
    var part =
        s3.uploadPart(
            b -> b.bucket("lake").key("big").uploadId(id).partNumber(1),
            RequestBody.fromBytes(new byte[PART]));
    s3.completeMultipartUpload(
        b ->
            b.bucket("lake")
                .key("big")
                .uploadId(id)
                .multipartUpload(
                    parts ->
                        parts.parts(
                            CompletedPart.builder().partNumber(1).eTag(part.eTag()).build())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void asksWhatTheRequestIsAndNothingElse(
      String name, Consumer<S3Client> request, List<String> questions) {
    request.accept(client);

    // Clients of HTTP may send a request again.
    assertThat(GUARD.asked()).hasSameElementsAs(questions);
  }

  @Test
  void deniesInS3sWords() {
    GUARD.deny("s3:GetObject");

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
    GUARD.deny("s3:PutObject");
    assertDenied("s3:PutObject", () -> copy());
    GUARD.deny("s3:GetObject");
    assertDenied("s3:GetObject", () -> copy());
    assertThat(buckets.resolve("other/copied")).doesNotExist();
  }

  private static void copy() {
    client.copyObject(
        b ->
            b.sourceBucket("lake")
                .sourceKey("data/x.csv")
                .destinationBucket("other")
                .destinationKey("copied"));
  }

  @Test
  void deletesOfManyWhatMayBeDeletedAndSaysWhatNot() {
    GUARD.deny("s3:DeleteObject");

    var answer =
        client.deleteObjects(b -> b.bucket("lake").delete(d -> d.objects(id("data/x.csv"))));

    assertThat(answer.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.code()).isEqualTo("AccessDenied"));
    assertThat(buckets.resolve("lake/data/x.csv")).exists();
  }

  @Test
  void tellsThatAnObjectIsMissingOnlyToThoseWhoMayList() {
    assertThatThrownBy(() -> read("lake", "none")).isInstanceOf(NoSuchKeyException.class);

    GUARD.deny("s3:ListBucket");
    assertDenied("s3:ListBucket", () -> read("lake", "none"));
  }

  @Test
  void tellsThatABucketIsMissingToAnybodyWhoSigns() {
    GUARD.deny("s3:GetObject", "s3:PutObject", "s3:ListBucket");

    assertThatThrownBy(() -> read("none", "x")).isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> client.createMultipartUpload(b -> b.bucket("none").key("x")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> client.listObjectsV2(b -> b.bucket("none")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThat(buckets.resolve("none")).doesNotExist();
  }

  @Test
  void takesNoOtherSecretAndNoOtherKey() {
    try (S3Client forger = client(RecordingGuard.KEY, "guessed");
        S3Client stranger = client("AKIAOTHER", RecordingGuard.SECRET)) {
      assertCode("SignatureDoesNotMatch", () -> forger.listObjectsV2(b -> b.bucket("lake")));
      assertCode("InvalidAccessKeyId", () -> stranger.listObjectsV2(b -> b.bucket("lake")));
    }
    assertThat(GUARD.asked()).isEmpty();
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
    var url = server.endpoint().resolve(path).toURL();
    if (!(url.openConnection() instanceof HttpURLConnection request)) {
      throw new IOException("not HTTP: " + url);
    }
    request.setRequestMethod(method);
    return request.getResponseCode();
  }

  @Test
  void refusesWhatItDoesNotPlay() {
    assertCode("NotImplemented", () -> client.getBucketTagging(b -> b.bucket("lake")));
    assertCode(
        "NotImplemented",
        () ->
            client.putBucketVersioning(
                b -> b.bucket("lake").versioningConfiguration(v -> v.status("Enabled"))));
  }

  /** The store does not ask about them. */
  @Test
  void refusesTheKeysOfItsOwnBookkeeping() {
    String key = ".s3proxy-mpu-stub-0ff7469c-6ec5-4c50-9fd6-7097f7bbe8ea";

    assertCode("InvalidArgument", () -> read("lake", key));
    assertCode(
        "InvalidArgument", () -> client.createMultipartUpload(b -> b.bucket("lake").key(key)));
    assertCode(
        "InvalidArgument",
        () ->
            client.copyObject(
                b ->
                    b.sourceBucket("lake")
                        .sourceKey(key)
                        .destinationBucket("other")
                        .destinationKey("copied")));
    assertCode(
        "InvalidArgument",
        () -> client.deleteObjects(b -> b.bucket("lake").delete(d -> d.objects(id(key)))));
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
        client.listObjectsV2(b -> b.bucket("lake").prefix("data/")).contents().get(0).eTag();
    String looked = client.headObject(b -> b.bucket("lake").key("data/x.csv")).eTag();
    String first = read("lake", "data/x.csv");
    String part =
        client
            .getObjectAsBytes(b -> b.bucket("lake").key("data/x.csv").range("bytes=1-2"))
            .response()
            .eTag();
    Files.writeString(buckets.resolve("lake/data/x.csv"), "other content\n");

    assertThat(List.of(listed, looked, part)).allMatch(first::equals);
    assertThat(read("lake", "data/x.csv")).isNotEqualTo(first);
  }

  @Test
  void leavesPlainFilesForPeopleToLookAt() {
    client.putObject(b -> b.bucket("lake").key("out/é x.txt"), RequestBody.fromString("seen"));

    assertThat(buckets.resolve("lake/out/é x.txt")).hasContent("seen");
  }

  /** The ETag of what it read. */
  private static String read(String bucket, String key) {
    return client.getObjectAsBytes(b -> b.bucket(bucket).key(key)).response().eTag();
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
}
