package io.sparkgate.sandbox;

import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.spark.SpokenRefusals;
import java.net.URI;
import java.util.Map;

/**
 * What leads Hadoop's S3 client, S3A, to the sandbox. Spark's UI and logs redact the secret key by
 * its name; the session itself may read it, as it may read its own credentials on AWS.
 */
final class S3Conf {
  private static final String S3A = "spark.hadoop.fs.s3a.";
  private static final String FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";

  private S3Conf() {}

  static Map<String, String> of(URI endpoint, Credentials key) {
    return Map.ofEntries(
        // As on the service, since emr-7.10.0: the release guide's page emr-s3a-migrate.
        Map.entry("spark.hadoop.fs.s3.impl", FILE_SYSTEM),
        Map.entry("spark.hadoop.fs.s3n.impl", FILE_SYSTEM),
        Map.entry(S3A + "impl", FILE_SYSTEM),
        Map.entry(S3A + "endpoint", endpoint.toString()),
        Map.entry(S3A + "connection.ssl.enabled", "false"),
        Map.entry(S3A + "path.style.access", "true"),
        Map.entry(
            S3A + "aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider"),
        Map.entry(S3A + "access.key", key.accessKeyId()),
        Map.entry(S3A + "secret.key", key.secretAccessKey()),
        // Handlers of requests come with the audit, of which nothing else is wanted.
        Map.entry(S3A + "audit.enabled", "true"),
        Map.entry(
            S3A + "audit.service.classname", "org.apache.hadoop.fs.s3a.audit.impl.NoopAuditor"),
        Map.entry(S3A + "audit.request.handlers", SpokenRefusals.class.getName()),
        // Else S3A would have to delete where a role may only write.
        Map.entry(S3A + "directory.marker.retention", "keep"),
        // Hadoop's own is outside of the sandbox's folder.
        Map.entry(S3A + "buffer.dir", "${java.io.tmpdir}/s3a"));
  }
}
