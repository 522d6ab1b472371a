package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.spark.Classification;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.ReleaseLabel;
import java.util.Map;

/**
 * What an application runs, and with which settings.
 *
 * @param <B> the builder
 */
abstract class WorkloadSetters<B extends WorkloadSetters<B>> {

  final ApplicationSettings settings = new ApplicationSettings();

  abstract B self();

  /**
   * Sets the engine, and the ways in which people reach it; see {@link ApplicationType}. Default:
   * {@link ApplicationType#spark()}, which takes Spark Connect sessions.
   *
   * @param type for example {@code ApplicationType.spark().withoutSessions()}
   * @return this builder
   */
  public B type(ApplicationType type) {
    settings.type = requireNonNull(type, "type");
    return self();
  }

  /**
   * Sets how many job runs run at a time, and how long others wait. Default: the service's own,
   * since release 7.3.0 of 15 runs and 360 minutes. Warns ({@code
   * \@sparkgate/constructs:queueWithoutJobs}) where nobody is granted to start one, because
   * sessions never wait in it.
   *
   * @param jobQueue for example {@code JobQueue.of(5, Duration.hours(1))}
   * @return this builder
   */
  public B jobQueue(JobQueue jobQueue) {
    settings.jobQueue = requireNonNull(jobQueue, "jobQueue");
    return self();
  }

  /**
   * Sets images of your own for the workers. Default: the service's, of the release.
   *
   * @param images one for all, or one for each type of worker
   * @return this builder
   */
  public B images(WorkerImages images) {
    settings.images = requireNonNull(images, "images");
    return self();
  }

  /**
   * Sets the EMR release. Default: {@link ReleaseLabel#EMR_7_13_0}.
   *
   * @param releaseLabel emr-7.13.0 or later for sessions, emr-6.6.0 or later without
   * @return this builder
   */
  public B releaseLabel(ReleaseLabel releaseLabel) {
    settings.releaseLabel = requireNonNull(releaseLabel, "releaseLabel");
    return self();
  }

  /**
   * Sets the processor of the workers. Default: {@link CpuArchitecture#X86_64}.
   *
   * @param architecture the processor
   * @return this builder
   */
  public B architecture(CpuArchitecture architecture) {
    settings.architecture = requireNonNull(architecture, "architecture");
    return self();
  }

  /**
   * Adds settings of Spark itself, the classification spark-defaults. They are defaults: a session
   * that brings its own replaces all of them. Default: none.
   *
   * @param sparkDefaults for example {@code spark.executor.memory}; no key twice with two values
   * @return this builder
   */
  public B sparkDefaults(Map<String, String> sparkDefaults) {
    settings.sparkDefaults(sparkDefaults);
    return self();
  }

  /**
   * Adds settings of any kind. Default: none.
   *
   * @param classification for example spark-executor-log4j2; no key twice with two values
   * @return this builder
   */
  public B classification(Classification classification) {
    settings.runtime = settings.runtime.with("classification", classification);
    return self();
  }

  /**
   * Adds something that sessions and job runs get, such as a catalog: its settings, what {@link
   * EmrServerlessApplication#grantRun} allows the execution role, and a look at the network.
   * Default: none.
   *
   * @param feature the catalog, or whatever it is; no key twice with two values
   * @return this builder
   */
  public B with(Feature feature) {
    settings.features.add(requireNonNull(feature, "feature"));
    return self();
  }
}
