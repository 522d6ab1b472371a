package io.sparkgate.sandbox.s3.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Gives an ETag to files that a person put into a bucket's folder. S3Proxy knows those of its own
 * files only, and Hadoop's client reads no object without one.
 */
final class FolderStore extends ForwardingBlobStore {

  FolderStore(BlobStore folders) {
    super(folders);
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response page = super.list(request);
    return page.toBuilder()
        .contents(page.contents().stream().map(FolderStore::tagged).toList())
        .build();
  }

  private static S3Object tagged(S3Object object) {
    return object.eTag() != null
        ? object
        : object.toBuilder().eTag(tag(object.size(), object.lastModified())).build();
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    HeadObjectResponse found = super.blobMetadata(request);
    return found.eTag() != null
        ? found
        : found.toBuilder().eTag(tag(found.contentLength(), found.lastModified())).build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    ResponseInputStream<GetObjectResponse> found = super.getBlob(request);
    if (found.response().eTag() != null) {
      return found;
    }
    GetObjectResponse response = found.response();
    String range = response.contentRange();
    long whole =
        range == null
            ? response.contentLength()
            : Long.parseLong(range.substring(range.indexOf('/') + 1));
    return new ResponseInputStream<>(
        response.toBuilder().eTag(tag(whole, response.lastModified())).build(), found);
  }

  /** Another one when the file is another, and the hash of nothing that anybody would check. */
  private static String tag(long size, Instant lastModified) {
    byte[] version = (size + " " + lastModified.toEpochMilli()).getBytes(StandardCharsets.UTF_8);
    return "\"" + UUID.nameUUIDFromBytes(version) + "\"";
  }
}
