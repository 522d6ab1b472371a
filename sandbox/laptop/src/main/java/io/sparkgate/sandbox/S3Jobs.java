package io.sparkgate.sandbox;

import io.sparkgate.sandbox.emrserverless.JobDrivers;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.s3.S3;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Job runs that find the sandbox's S3 behind {@code s3://} and leave their logs there, each attempt
 * with a key that stands for the run's execution role and ends with the attempt.
 */
final class S3Jobs implements JobDrivers {
  private final JobDrivers jobs;
  private final TemplateAccess access;
  private final S3 s3;
  private final String region;
  private final Consumer<String> remarks;

  S3Jobs(JobDrivers jobs, TemplateAccess access, S3 s3, String region, Consumer<String> remarks) {
    this.jobs = jobs;
    this.access = access;
    this.s3 = s3;
    this.region = region;
    this.remarks = remarks;
  }

  @Override
  public Driver start(Job job, Listener listener) {
    Credentials key = s3.admit(access.issueExecution(job.executionRoleArn(), job.jobRunId()));
    try {
      var conf = new TreeMap<>(job.sparkConf());
      conf.putAll(S3Conf.of(s3.endpoint(), key));
      return jobs.start(job.with(conf), new Keeping(listener, job, key));
    } catch (RuntimeException e) {
      revoke(key);
      throw e;
    }
  }

  @Override
  public Optional<String> history(String jobRunId, int attempt) {
    return jobs.history(jobRunId, attempt);
  }

  private void revoke(Credentials key) {
    s3.revoke(key);
    access.revoke(key);
  }

  @Override
  public void close() {
    jobs.close();
  }

  /** Keeps the logs, and takes the key back, when the driver has ended. */
  private final class Keeping implements Listener {
    private final Listener listener;
    private final Job job;
    private final Credentials key;
    private @Nullable String denial;

    Keeping(Listener listener, Job job, Credentials key) {
      this.listener = listener;
      this.job = job;
      this.key = key;
    }

    @Override
    public void running() {
      listener.running();
    }

    @Override
    public void sparkUi(String url) {
      listener.sparkUi(url);
    }

    @Override
    public void wrote(Path file) {
      if (denial == null) {
        try {
          new JobLogs(s3.endpoint(), region, remarks).write(job, file, key);
        } catch (JobLogs.Denied e) {
          denial = e.getMessage();
        }
      }
    }

    @Override
    public void succeeded() {
      revoke(key);
      if (denial == null) {
        listener.succeeded();
      } else {
        listener.failed(denial);
      }
    }

    @Override
    public void failed(String reason) {
      revoke(key);
      listener.failed(reason);
    }
  }
}
