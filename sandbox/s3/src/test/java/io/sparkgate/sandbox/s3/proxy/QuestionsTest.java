package io.sparkgate.sandbox.s3.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** What requests of AWS's own client ask of IAM. */
class QuestionsTest {
  private static final int PART = 5 << 20;

  @TempDir private static Path buckets;

  @RegisterExtension private static final ServedFolder served = new ServedFolder(() -> buckets);

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
    request.accept(served.client());

    // Clients of HTTP may send a request again.
    assertThat(served.guard().asked()).hasSameElementsAs(questions);
  }
}
