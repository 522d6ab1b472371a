package io.sparkgate.sandbox;

import com.amazonaws.SdkClientException;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.ObjectMetadata;
import io.sparkgate.sandbox.emrserverless.JobDrivers.Job;
import io.sparkgate.sandbox.iam.Credentials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what a job run printed to S3, where the service does, and with what the execution role
 * may.
 */
final class JobLogs {
  private static final Pattern BUCKET_AND_PREFIX = Pattern.compile("s3://([^/]+)/?(.*?)/*");
  private static final int FORBIDDEN = 403;

  private final URI endpoint;
  private final String region;
  private final Consumer<String> remarks;

  /**
   * Writes none yet.
   *
   * @param endpoint of S3
   * @param remarks hears why a log is not there, if not because of a denial
   */
  JobLogs(URI endpoint, String region, Consumer<String> remarks) {
    this.endpoint = endpoint;
    this.region = region;
    this.remarks = remarks;
  }

  /** A log was not written because the role may not; the message is what the service says then. */
  static final class Denied extends Exception {
    private static final long serialVersionUID = 1L;

    Denied(String message) {
      super(message);
    }
  }

  /** Writes a file of an attempt, if its logs go to S3 at all. */
  void write(Job job, Path file, Credentials key) throws Denied {
    Matcher place = BUCKET_AND_PREFIX.matcher(job.logUri());
    if (!place.matches()) {
      return;
    }
    String name =
        "%sapplications/%s/jobs/%s%s/SPARK_DRIVER/%s.gz"
            .formatted(
                place.group(2).isEmpty() ? "" : place.group(2) + "/",
                job.applicationId(),
                job.jobRunId(),
                job.retried() ? "/attempts/" + job.attempt() : "",
                file.getFileName());
    AmazonS3 s3 = client(key);
    try {
      byte[] content = zipped(file);
      var about = new ObjectMetadata();
      about.setContentLength(content.length);
      s3.putObject(place.group(1), name, new ByteArrayInputStream(content), about);
    } catch (AmazonS3Exception e) {
      if (e.getStatusCode() == FORBIDDEN) {
        throw new Denied(
            "Job failed as S3 access is denied, to write logs to s3://%s/%s. Check the permissions of the job runtime role."
                .formatted(place.group(1), place.group(2)));
      }
      remarks.accept(notWritten(job, e.getErrorCode()));
    } catch (SdkClientException | IOException e) {
      remarks.accept(notWritten(job, e.getMessage()));
    } finally {
      s3.shutdown();
    }
  }

  private static String notWritten(Job job, String why) {
    return "the logs of job run %s are not in %s: %s".formatted(job.jobRunId(), job.logUri(), why);
  }

  private static byte[] zipped(Path file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      Files.copy(file, zip);
    }
    return bytes.toByteArray();
  }

  private AmazonS3 client(Credentials key) {
    return AmazonS3ClientBuilder.standard()
        .withEndpointConfiguration(new EndpointConfiguration(endpoint.toString(), region))
        .withPathStyleAccessEnabled(true)
        .withCredentials(
            new AWSStaticCredentialsProvider(
                new BasicAWSCredentials(key.accessKeyId(), key.secretAccessKey())))
        .build();
  }
}
