package io.sparkgate.internal;

import java.util.List;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * What lies in a bucket below a prefix.
 *
 * @param bucket the bucket
 * @param prefix with a slash at its end, or empty
 */
public record BucketData(IBucket bucket, String prefix) {

  /** Below a prefix, however it was written; without a slash at its start. */
  public static BucketData of(IBucket bucket, String prefix) {
    return new BucketData(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
  }

  /** Without a slash at the end, to which Iceberg and Hive add one. */
  public String url() {
    return "s3://" + bucket.getBucketName() + (prefix.isEmpty() ? "" : "/" + withoutSlash());
  }

  private String withoutSlash() {
    return prefix.substring(0, prefix.length() - 1);
  }

  /**
   * Lets somebody have the objects. Not the bucket's own {@code grantRead}, which also allows
   * {@code s3:GetBucket*} and {@code s3:List*}; its key, and its policy where the grantee is of
   * another account, are told as by that.
   *
   * @param what in the words of an error
   */
  public Grant grant(IGrantable grantee, DataAccess access, String what) {
    return grant(
        grantee,
        access,
        DataPermissions.objects(bucket.getBucketArn(), bucket.arnForObjects(prefix + "*"), access),
        what);
  }

  /** Lets somebody read one object, whose key the prefix is. */
  public Grant grantObject(IGrantable grantee, String what) {
    return grant(
        grantee,
        DataAccess.READ,
        List.of(DataPermissions.object(bucket.arnForObjects(prefix))),
        what);
  }

  private Grant grant(
      IGrantable grantee, DataAccess access, List<Statement> statements, String what) {
    if (grantee.getGrantPrincipal() instanceof IResource identity) {
      requireReferable(new Findings(identity), "the role", identity.getStack());
    }
    Grant granted = Grantee.ofData(grantee, what).grant(statements);
    IKey key = bucket.getEncryptionKey();
    if (key != null) {
      granted =
          granted.combine(
              new KeyAccess(key, "s3")
                  .grant(
                      grantee,
                      access.includes(DataAccess.WRITE) ? KeyAccess.WRITING : KeyAccess.READING));
    }
    if (Place.of(bucket).isOfAnotherAccountThan(grantee.getGrantPrincipal())) {
      admit(grantee, statements, access, what);
    }
    return granted;
  }

  /**
   * Fails if a stack cannot name the bucket.
   *
   * @param whose whose stack it is, such as {@code the application}
   */
  public void requireReferable(Findings findings, String whose, Stack stack) {
    new Referable("bucket", bucket, bucket.getBucketArn())
        .check(findings, "the bucket a name (bucketName)", whose, stack);
  }

  /** In another account, S3 asks the bucket's policy too. */
  private void admit(
      IGrantable grantee, List<Statement> statements, DataAccess access, String what) {
    if (Resource.isOwnedResource(bucket) && grantee.getGrantPrincipal() instanceof IRole role) {
      Referable.checkRole(role, "the bucket", bucket);
    }
    for (Statement statement : statements) {
      if (!bucket.addToResourcePolicy(statement.admitting(grantee)).getStatementAdded()) {
        warn(grantee, access, what);
        return;
      }
    }
  }

  private void warn(IGrantable grantee, DataAccess access, String what) {
    new Findings(bucket)
        .warn(
            "bucketOfAnotherAccount",
            """
            %s is in a bucket of account %s that was made elsewhere, so its policy is not changed \
            from here, and S3 refuses %s; allow it there s3:ListBucket on the bucket, %s on its \
            objects '%s*', and in the policy of its key, if it has one, %s, then \
            acknowledge this"""
                .formatted(
                    what,
                    bucket.getEnv().getAccount(),
                    Grantee.ofData(grantee, what),
                    access.includes(DataAccess.WRITE)
                        ? "s3:AbortMultipartUpload, s3:DeleteObject, s3:GetObject and s3:PutObject"
                        : "s3:GetObject",
                    prefix,
                    access.includes(DataAccess.WRITE)
                        ? "kms:Decrypt and kms:GenerateDataKey"
                        : "kms:Decrypt"));
  }
}
