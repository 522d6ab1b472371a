package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a request of StartJobRun asks for on top of its application, once it is known to make sense.
 *
 * @param timeout zero means never
 * @param logUri empty when the logs go nowhere in S3
 */
record JobSubmission(
    String entryPoint,
    List<String> arguments,
    String mainClass,
    SparkConf conf,
    String logUri,
    JobRetries retries,
    Duration timeout) {

  /** Of a batch run that says nothing else: the user guide, read 2026-11-26. */
  private static final int DEFAULT_TIMEOUT_MINUTES = 720;

  /**
   * Reads a request.
   *
   * @param settings of the application that it is for
   * @throws Fault if the application would not run it
   */
  static JobSubmission of(String applicationId, JsonNode settings, JsonNode request) {
    requireSpark(applicationId, settings, request.path("jobDriver"));
    if (request.has("executionIamPolicy")) {
      throw Fault.validation(
          "The sandbox judges by the policies of the execution role only; leave executionIamPolicy out here.");
    }
    JobRetries retries = JobRetries.of(request);
    JsonNode job = request.at("/jobDriver/sparkSubmit");
    List<String> arguments = new ArrayList<>();
    job.path("entryPointArguments").forEach(argument -> arguments.add(argument.asText()));
    SubmitParameters parameters =
        SubmitParameters.parse(job.path("sparkSubmitParameters").asText());
    return new JobSubmission(
        job.path("entryPoint").asText(),
        List.copyOf(arguments),
        parameters.mainClass(),
        SparkConf.ofJob(settings, request, parameters.conf()),
        Monitoring.logUri(settings, request),
        retries,
        timeout(request, retries));
  }

  private static void requireSpark(String applicationId, JsonNode settings, JsonNode driver) {
    String type = settings.path("type").asText().toUpperCase(Locale.ROOT);
    String needed = type.equals("HIVE") ? "hive" : "sparkSubmit";
    if (!driver.has(needed)) {
      throw Fault.validation(
          "Application %s is of type %s: its job runs need a jobDriver.%s, and this one has %s."
              .formatted(applicationId, type, needed, given(driver)));
    }
    if (type.equals("HIVE")) {
      throw Fault.validation(
          "The sandbox runs Spark only, so it cannot run the query of a job run on application %s, whose type is HIVE."
              .formatted(applicationId));
    }
  }

  private static String given(JsonNode driver) {
    return driver.isEmpty() ? "none" : "jobDriver." + driver.fieldNames().next();
  }

  private static Duration timeout(JsonNode request, JobRetries retries) {
    long minutes =
        request
            .path("executionTimeoutMinutes")
            .asLong(retries.streaming() ? 0 : DEFAULT_TIMEOUT_MINUTES);
    if (retries.streaming() && minutes > 0) {
      throw Fault.validation(
          "executionTimeoutMinutes is %d, but a job run of mode STREAMING has no time-out; leave it out, or give 0."
              .formatted(minutes));
    }
    return Duration.ofMinutes(minutes);
  }
}
