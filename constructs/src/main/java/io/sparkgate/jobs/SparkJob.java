package io.sparkgate.jobs;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Ordered;
import io.sparkgate.serverless.JobTraits;
import io.sparkgate.serverless.Logs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.s3.assets.Asset;

/**
 * What one run of an application does: StartJobRun of EMR Serverless as a value. What the service
 * would refuse is an error here; what only the application can tell, where it is started.
 *
 * <pre>{@code
 * SparkJob nightly =
 *     SparkJob.batch("s3://jobs/sales.py")
 *         .arguments("s3://lake/sales/", "s3://lake/report/")
 *         .conf("spark.executor.memory", "6g")
 *         .maxAttempts(3)
 *         .build();
 * }</pre>
 */
public final class SparkJob {

  private final boolean streaming;
  private final Map<String, String> conf;
  private final Map<String, String> tags;
  private final Optional<JobFiles> files;
  private final Optional<Logs> logs;
  private final Map<String, Object> request;

  private SparkJob(Builder parts) {
    streaming = parts.streaming;
    conf = Ordered.sorted(parts.conf);
    tags = Ordered.sorted(parts.tags);
    files = Optional.ofNullable(parts.file);
    logs = Optional.ofNullable(parts.logs);
    request = request(parts);
  }

  /**
   * Starts a job that ends by itself, mode BATCH.
   *
   * @param entryPoint {@code s3://bucket/key}, or {@code local:///path} in the image; may be a
   *     token
   * @return a new builder
   */
  public static Builder batch(String entryPoint) {
    return new Builder(entryPoint, null, false);
  }

  /**
   * Starts a job that ends by itself, of a file of this app. What starts it lets the execution role
   * read that file.
   *
   * @param entryPoint a script or a jar
   * @return a new builder
   */
  public static Builder batch(Asset entryPoint) {
    return new Builder(entryPoint.getS3ObjectUrl(), JobFiles.of(entryPoint), false);
  }

  /**
   * Starts a job that never ends by itself, mode STREAMING: the service starts it again whenever it
   * fails, and no time-out ends it.
   *
   * @param entryPoint {@code s3://bucket/key}, or {@code local:///path} in the image; may be a
   *     token
   * @return a new builder
   */
  public static Builder streaming(String entryPoint) {
    return new Builder(entryPoint, null, true);
  }

  /**
   * Starts a job that never ends by itself, of a file of this app.
   *
   * @param entryPoint a script or a jar
   * @return a new builder
   */
  public static Builder streaming(Asset entryPoint) {
    return new Builder(entryPoint.getS3ObjectUrl(), JobFiles.of(entryPoint), true);
  }

  /** {@return whether it never ends by itself} */
  public boolean isStreaming() {
    return streaming;
  }

  /** {@return its settings of Spark, in the order of their keys} */
  public Map<String, String> getConf() {
    return conf;
  }

  Optional<JobFiles> files() {
    return files;
  }

  JobTraits traits() {
    return new JobTraits(conf, logs, streaming, request.containsKey("RetryPolicy"));
  }

  Map<String, String> tags() {
    return tags;
  }

  /** The request without what only its place says, names as Step Functions and Scheduler want. */
  Map<String, Object> request() {
    return request;
  }

  private static Map<String, Object> request(Builder parts) {
    Map<String, Object> submit = new LinkedHashMap<>();
    submit.put("EntryPoint", parts.entryPoint);
    if (!parts.arguments.isEmpty()) {
      submit.put("EntryPointArguments", List.copyOf(parts.arguments));
    }
    String parameters = SubmitParameters.of(parts.mainClass, parts.conf);
    if (!parameters.isEmpty()) {
      submit.put("SparkSubmitParameters", parameters);
    }
    Map<String, Object> request = new LinkedHashMap<>();
    if (parts.name != null) {
      request.put("Name", parts.name);
    }
    request.put("Mode", parts.streaming ? "STREAMING" : "BATCH");
    request.put("JobDriver", Map.of("SparkSubmit", submit));
    if (parts.logs != null) {
      request.put(
          "ConfigurationOverrides", Map.of("MonitoringConfiguration", parts.logs.toMonitoring()));
    }
    parts.tries.ifPresent(
        tries ->
            request.put(
                "RetryPolicy",
                Map.of(parts.streaming ? "MaxFailedAttemptsPerHour" : "MaxAttempts", tries)));
    if (parts.timeout != null) {
      request.put("ExecutionTimeoutMinutes", parts.timeout.toMinutes());
    }
    return request;
  }

  /** A fluent builder for {@link SparkJob}. */
  public static final class Builder {

    private final String entryPoint;
    private final @Nullable JobFiles file;
    private final boolean streaming;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> conf = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private OptionalInt tries = OptionalInt.empty();
    private @Nullable String mainClass;
    private @Nullable String name;
    private @Nullable Duration timeout;
    private @Nullable Logs logs;

    private Builder(String entryPoint, @Nullable JobFiles file, boolean streaming) {
      this.entryPoint = JobLimits.entryPoint(requireNonNull(entryPoint, "entryPoint"));
      this.file = file;
      this.streaming = streaming;
    }

    /**
     * Adds arguments of the entry point. Everybody who may see the run sees them. Default: none.
     *
     * @param more at most 1,024 in all
     * @return this builder
     */
    public Builder arguments(String... more) {
      arguments.addAll(List.of(more));
      JobLimits.arguments(arguments.size());
      return this;
    }

    /**
     * Sets the class whose {@code main} a jar starts with. Default: what its manifest says.
     *
     * @param mainClass the name with its package
     * @return this builder
     */
    public Builder mainClass(String mainClass) {
      this.mainClass = SubmitParameters.requireQuotable("mainClass", mainClass);
      return this;
    }

    /**
     * Adds a setting of Spark. It counts more than the application's, which keeps all others.
     * Default: none.
     *
     * @param key begins with {@code spark.}
     * @param value without both kinds of quotes
     * @return this builder
     */
    public Builder conf(String key, String value) {
      conf.put(JobLimits.confKey(key), SubmitParameters.requireQuotable(key, value));
      return this;
    }

    /**
     * Sets how often a batch job is tried, the first time included. Default: the service's, once.
     *
     * @param attempts 1 to 10
     * @return this builder
     */
    public Builder maxAttempts(int attempts) {
      tries = JobLimits.tries("maxAttempts", attempts, !streaming, "maxFailedAttemptsPerHour");
      return this;
    }

    /**
     * Sets how many attempts of a streaming job may fail within an hour before the service gives
     * up. Default: the service's, 5.
     *
     * @param attempts 1 to 10
     * @return this builder
     */
    public Builder maxFailedAttemptsPerHour(int attempts) {
      tries = JobLimits.tries("maxFailedAttemptsPerHour", attempts, streaming, "maxAttempts");
      return this;
    }

    /**
     * Sets after how long a batch run is ended. Default: the service's, 12 hours.
     *
     * @param executionTimeout whole minutes up to 1,000,000
     * @return this builder
     */
    public Builder executionTimeout(Duration executionTimeout) {
      timeout = JobLimits.timeout(requireNonNull(executionTimeout, "executionTimeout"), streaming);
      return this;
    }

    /**
     * Lets a batch run take as long as it likes, and cost as much.
     *
     * @return this builder
     */
    public Builder withoutExecutionTimeout() {
      JobLimits.requireBatch("withoutExecutionTimeout", streaming);
      timeout = Duration.minutes(0);
      return this;
    }

    /**
     * Adds a tag of the run. The owner's is added where it is started. Default: none.
     *
     * @param key 1 to 128 of {@code A-Z a-z 0-9}, spaces or {@code _.:/=+-@}
     * @param value up to 256 of the same
     * @return this builder
     */
    public Builder tag(String key, String value) {
      tags.put(JobLimits.tagKey(key), JobLimits.tagValue(key, value));
      JobLimits.tags(tags.size());
      return this;
    }

    /**
     * Names the run. Default: no name.
     *
     * @param name 1 to 256 characters
     * @return this builder
     */
    public Builder name(String name) {
      this.name = JobLimits.name(name);
      return this;
    }

    /**
     * Sets where the run logs, instead of the application's own places of these kinds. Default: as
     * the application does.
     *
     * @param logs the places; what starts the job lets the execution role write there
     * @return this builder
     */
    public Builder logs(Logs logs) {
      this.logs = requireNonNull(logs, "logs");
      return this;
    }

    /**
     * Makes the job.
     *
     * @return the job
     * @throws IllegalArgumentException if its settings are longer than the service takes
     */
    public SparkJob build() {
      return new SparkJob(this);
    }
  }
}
