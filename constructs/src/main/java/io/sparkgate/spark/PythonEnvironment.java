package io.sparkgate.spark;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.S3Folder;
import io.sparkgate.internal.Tokens;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.assets.Asset;

/**
 * A Python environment of your own for drivers and executors, packed by {@code venv-pack} or {@code
 * conda-pack}: on Amazon Linux 2023 for releases of the series 7, and on the application's
 * processor.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/using-python-libraries.html">Using
 *     Python libraries</a>
 */
public final class PythonEnvironment implements Feature {

  private static final String DIRECTORY = "environment";
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tar\\.gz|tgz|tar|zip|jar)");

  private final S3Folder archive;

  private PythonEnvironment(S3Folder archive) {
    this.archive = archive;
  }

  /**
   * An archive that the CDK uploads.
   *
   * @param archive a file whose name ends in {@code .tgz}, {@code .tar}, {@code .zip} or {@code
   *     .jar}; not in {@code .tar.gz}, of which the CDK keeps {@code .gz} only
   * @return the environment
   * @throws IllegalArgumentException if Spark does not unpack what the CDK uploads
   */
  public static PythonEnvironment fromAsset(Asset archive) {
    String key = archive.getS3ObjectKey();
    if (!isArchive(key)) {
      throw new IllegalArgumentException(
          """
          PythonEnvironment: the CDK uploads asset %s as '%s', which Spark does not unpack, \
          because only what follows the last dot is kept; name the file .tgz (instead of .tar.gz), \
          .tar, .zip or .jar"""
              .formatted(archive.getNode().getPath(), key));
    }
    return new PythonEnvironment(S3Folder.in(archive.getBucket(), key));
  }

  /**
   * An archive in a bucket.
   *
   * @param bucket the bucket
   * @param key of the object, such as {@code python/environment.tar.gz}; may be a token
   * @return the environment
   * @throws IllegalArgumentException if this is no archive that Spark unpacks
   */
  public static PythonEnvironment fromBucket(IBucket bucket, String key) {
    requireNonNull(bucket, "bucket");
    requireArchive(key);
    return new PythonEnvironment(S3Folder.in(bucket, key));
  }

  /**
   * An archive that is there.
   *
   * @param url such as {@code s3://bucket/python/environment.tar.gz}
   * @return the environment
   * @throws IllegalArgumentException if this is no archive on S3 that Spark unpacks
   */
  public static PythonEnvironment fromUrl(String url) {
    S3Folder archive = S3Folder.of("PythonEnvironment: url", url);
    requireArchive(url);
    return new PythonEnvironment(archive);
  }

  private static void requireArchive(String name) {
    if (!isArchive(name)) {
      throw new IllegalArgumentException(
          "PythonEnvironment: '%s' is no archive that Spark unpacks; use .tar.gz, .tgz, .tar, .zip or .jar"
              .formatted(name));
    }
  }

  private static boolean isArchive(String name) {
    return Tokens.isUnresolved(name) || ARCHIVE.matcher(name).matches();
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    String python = "./" + DIRECTORY + "/bin/python";
    return SparkDefaults.of(
        Ordered.map(
            entry("spark.archives", archive.url() + "#" + DIRECTORY),
            entry("spark.emr-serverless.driverEnv.PYSPARK_DRIVER_PYTHON", python),
            entry("spark.emr-serverless.driverEnv.PYSPARK_PYTHON", python),
            entry("spark.executorEnv.PYSPARK_PYTHON", python)));
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    archive.check(
        new Findings(target.application()), toString(), Place.of(Stack.of(target.application())));
    return List.of();
  }

  @Override
  public Grant grantTo(IGrantable executionRole) {
    return archive.grantReadObject(executionRole);
  }

  @Override
  public String toString() {
    return "PythonEnvironment";
  }
}
