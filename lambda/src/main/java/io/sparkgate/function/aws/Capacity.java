package io.sparkgate.function.aws;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.Application;
import software.amazon.awssdk.services.emrserverless.model.ApplicationState;
import software.amazon.awssdk.services.emrserverless.model.GetApplicationRequest;
import software.amazon.awssdk.services.emrserverless.model.InitialCapacityConfig;
import software.amazon.awssdk.services.emrserverless.model.WorkerResourceConfig;

/**
 * The workers that an application keeps ready, which cost while it is started.
 *
 * @param started whether it is
 * @param architecture of all its workers, as the service says it: X86_64 or ARM64
 */
public record Capacity(
    boolean started, Workers drivers, Workers executors, @Nullable String architecture) {

  /**
   * Workers of one type.
   *
   * @param size of each: vCPU, GB of memory, and GB of storage beyond the 20 that are free
   */
  public record Workers(int count, Billed size) {}

  /** What a worker has that nobody sized: Spark's default on the service. */
  private static final Billed STANDARD =
      new Billed(BigDecimal.valueOf(4), BigDecimal.valueOf(16), BigDecimal.ZERO);

  private static final Workers NONE = new Workers(0, STANDARD);
  private static final BigDecimal FREE_STORAGE = BigDecimal.valueOf(20);
  private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,6}).*");

  public static Capacity of(EmrServerlessClient client, Calls calls, String application)
      throws ServiceCallException {
    GetApplicationRequest.Builder request =
        GetApplicationRequest.builder().applicationId(application);
    return calls.make(
        "GetApplication",
        limit ->
            of(client.getApplication(request.overrideConfiguration(limit).build()).application()));
  }

  private static Capacity of(Application application) {
    Map<String, Workers> workers = new HashMap<>();
    if (application.hasInitialCapacity()) {
      application
          .initialCapacity()
          .forEach((type, config) -> workers.put(type.toUpperCase(Locale.ROOT), workers(config)));
    }
    return new Capacity(
        application.state() == ApplicationState.STARTED,
        workers.getOrDefault("DRIVER", NONE),
        workers.getOrDefault("EXECUTOR", NONE),
        application.architectureAsString());
  }

  private static Workers workers(InitialCapacityConfig config) {
    Long count = config.workerCount();
    WorkerResourceConfig size = config.workerConfiguration();
    return new Workers(
        count == null ? 0 : Math.toIntExact(count),
        size == null
            ? STANDARD
            : new Billed(
                number(size.cpu(), STANDARD.vcpuHours()),
                number(size.memory(), STANDARD.memoryGbHours()),
                number(size.disk(), FREE_STORAGE).subtract(FREE_STORAGE).max(BigDecimal.ZERO)));
  }

  /** Of a text like "4 vCPU" or "16 GB". */
  private static BigDecimal number(@Nullable String text, BigDecimal otherwise) {
    Matcher number = NUMBER.matcher(text == null ? "" : text);
    return number.matches() ? new BigDecimal(number.group(1)) : otherwise;
  }
}
