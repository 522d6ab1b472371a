package io.sparkgate.data;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.Map;

/**
 * Whose credentials Spark uses with S3. Twice, because releases since 7.10.0 read S3 by S3A, which
 * takes over most settings of EMRFS, but not this one.
 *
 * @see <a href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-s3a-migrate.html">Migration
 *     from EMRFS to S3A</a>
 */
final class S3Credentials {

  private S3Credentials() {}

  static Map<String, String> from(String provider) {
    return Ordered.map(
        entry("spark.hadoop.fs.s3.customAWSCredentialsProvider", provider),
        entry("spark.hadoop.fs.s3a.aws.credentials.provider", provider));
  }
}
