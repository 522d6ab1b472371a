package io.sparkgate.sandbox.s3.proxy;

import io.sparkgate.sandbox.s3.Guard;
import io.sparkgate.sandbox.s3.Question;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * What one request may see and change of the buckets.
 *
 * <p>It stands between S3Proxy, which has checked the signature, and the data, so nothing gets
 * around it: a test looks that each way is judged, but for the parts of an upload that is under
 * way, which S3Proxy lists itself to complete one, and so whoever knows its id. That a bucket is
 * not there is said before anything is judged, as S3 does.
 */
final class GuardedStore extends ForwardingBlobStore {

  /** Where S3Proxy keeps the metadata of uploads in parts; it refuses requests for such keys. */
  private static final String ITS_OWN = ".s3proxy-mpu-stub-";

  private final Guard guard;
  private final String accessKeyId;

  /**
   * For one request.
   *
   * @param accessKeyId whose request it is; empty for nobody's, which may nothing
   */
  GuardedStore(BlobStore all, Guard guard, String accessKeyId) {
    super(all);
    this.guard = guard;
    this.accessKeyId = accessKeyId;
  }

  @Override
  public ListBucketsResponse list() {
    require(Question.of("s3:ListAllMyBuckets", "*"));
    return super.list();
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    var context = new TreeMap<String, String>();
    putIfGiven(context, "s3:prefix", request.prefix());
    putIfGiven(context, "s3:delimiter", request.delimiter());
    requireBucket(request.bucket());
    require(new Question("s3:ListBucket", request.bucket(), context));
    return super.list(request);
  }

  private static void putIfGiven(
      TreeMap<String, String> context, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      context.put(key, value);
    }
  }

  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    require("s3:ListBucket", request.bucket());
    return super.headBucket(request);
  }

  @Override
  public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
    require("s3:GetBucketLocation", request.bucket());
    return delegate().getBucketLocation(request);
  }

  @Override
  public CreateBucketResponse createContainer(CreateBucketRequest request) {
    require(Question.of("s3:CreateBucket", request.bucket()));
    return super.createContainer(request);
  }

  @Override
  public void deleteBucket(String bucket) {
    require("s3:DeleteBucket", bucket);
    super.deleteBucket(bucket);
  }

  @Override
  public BucketCannedACL getContainerAccess(String bucket) {
    require("s3:GetBucketAcl", bucket);
    return super.getContainerAccess(bucket);
  }

  @Override
  public void setContainerAccess(String bucket, BucketCannedACL access) {
    require("s3:PutBucketAcl", bucket);
    super.setContainerAccess(bucket, access);
  }

  @Override
  public GetBucketAclResponse getContainerAcl(GetBucketAclRequest request) {
    require("s3:GetBucketAcl", request.bucket());
    return super.getContainerAcl(request);
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    require("s3:GetObject", request.bucket(), request.key());
    return found(request.bucket(), () -> super.getBlob(request));
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    require("s3:GetObject", request.bucket(), request.key());
    return found(request.bucket(), () -> super.blobMetadata(request));
  }

  /**
   * S3Proxy's own look at whether a bucket is there. To whoever signs it says of any bucket that it
   * has no policy and no versions, which is all that hangs on this look alone.
   */
  @Override
  public boolean containerExists(String bucket) {
    return delegate().containerExists(bucket);
  }

  /** Its own look at an object, for a request that is judged by what it does. */
  @Override
  public @Nullable HeadObjectResponse blobMetadataIfPresent(HeadObjectRequest request) {
    return delegate().blobMetadataIfPresent(request);
  }

  /** Its own look too. */
  @Override
  public boolean blobExists(String bucket, String key) {
    return delegate().blobExists(bucket, key);
  }

  /** That an object is not there is told to those only who may list the bucket. */
  private <T> T found(String bucket, Supplier<T> search) {
    try {
      return search.get();
    } catch (NoSuchKeyException missing) {
      require("s3:ListBucket", bucket);
      throw missing;
    }
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    require("s3:PutObject", request.bucket(), request.key());
    return super.putBlob(request, payload);
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    require("s3:GetObject", request.sourceBucket(), request.sourceKey());
    require("s3:PutObject", request.destinationBucket(), request.destinationKey());
    return super.copyBlob(request);
  }

  /** DeleteObjects comes here too, once for each. */
  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    require("s3:DeleteObject", request.bucket(), request.key());
    return super.removeBlob(request);
  }

  @Override
  public ObjectCannedACL getBlobAccess(String bucket, String key) {
    require("s3:GetObjectAcl", bucket, key);
    return super.getBlobAccess(bucket, key);
  }

  @Override
  public GetObjectAclResponse getBlobAcl(GetObjectAclRequest request) {
    require("s3:GetObjectAcl", request.bucket(), request.key());
    return super.getBlobAcl(request);
  }

  @Override
  public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
    require("s3:PutObjectAcl", bucket, key);
    super.setBlobAccess(bucket, key, access);
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    require("s3:PutObject", request.bucket(), request.key());
    return super.initiateMultipartUpload(request);
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream payload) {
    require("s3:PutObject", upload.containerName(), upload.blobName());
    return super.uploadMultipartPart(upload, request, payload);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    require("s3:PutObject", upload.containerName(), upload.blobName());
    return super.completeMultipartUpload(upload, request);
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    require("s3:AbortMultipartUpload", upload.containerName(), upload.blobName());
    super.abortMultipartUpload(upload);
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
      String bucket) {
    require("s3:ListBucketMultipartUploads", bucket);
    return super.listMultipartUploads(bucket);
  }

  /** Versions and bucket keys are not played. */
  @Override
  public boolean supportsVersioning() {
    return false;
  }

  @Override
  public boolean supportsBucketEncryption() {
    return false;
  }

  private void require(String action, String bucket) {
    requireBucket(bucket);
    require(Question.of(action, bucket));
  }

  private void require(String action, String bucket, String key) {
    requireBucket(bucket);
    if (!key.startsWith(ITS_OWN)) {
      require(Question.of(action, bucket + "/" + key));
    }
  }

  private void requireBucket(String bucket) {
    if (!containerExists(bucket)) {
      guard.missing(accessKeyId, bucket);
      throw new S3ProxyException(S3ErrorCode.NO_SUCH_BUCKET);
    }
  }

  private void require(Question question) {
    Optional<String> denial = guard.denial(accessKeyId, question);
    if (denial.isPresent()) {
      throw new S3ProxyException(S3ErrorCode.ACCESS_DENIED, denial.get());
    }
  }
}
