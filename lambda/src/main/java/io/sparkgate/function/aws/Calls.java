package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Makes calls within the time of an invocation, none longer than a limit, and sorts their failures.
 */
public final class Calls {

  /** For one call with the client's retries. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private final Supplier<Duration> remaining;
  private final Supplier<Duration> limit;

  /**
   * For one invocation.
   *
   * @param remaining the time that is left for calls; zero or less when it is up
   * @param limit of the next call
   */
  public Calls(Supplier<Duration> remaining, Supplier<Duration> limit) {
    this.remaining = remaining;
    this.limit = limit;
  }

  /**
   * Makes a call. One that gets no answer within the limit is a failure of its own; one that the
   * invocation has no time for is nobody's.
   *
   * @param operation its name as in IAM, without the service's
   * @param call given the time that it may take
   */
  public <T> T make(String operation, Function<AwsRequestOverrideConfiguration, T> call)
      throws ServiceCallException {
    Duration left = remaining.get();
    if (left.isNegative() || left.isZero()) {
      throw outOfTime(operation, "the invocation has no time left");
    }
    Duration most = limit.get();
    boolean limited = most.compareTo(left) < 0;
    try {
      return call.apply(
          AwsRequestOverrideConfiguration.builder().apiCallTimeout(limited ? most : left).build());
    } catch (AwsServiceException e) {
      throw answered(operation, e);
    } catch (RuntimeException e) {
      if (e instanceof ApiCallTimeoutException && !limited) {
        throw outOfTime(operation, "the invocation ran out of time");
      }
      // No answer, or none that can be read.
      String type = e.getClass().getSimpleName();
      throw new ServiceCallException(
          Kind.OTHER, operation, type, String.valueOf(e.getMessage()), e);
    }
  }

  private static ServiceCallException outOfTime(String operation, String message) {
    return new ServiceCallException(Kind.OUT_OF_TIME, operation, "OutOfTime", message, null);
  }

  private static ServiceCallException answered(String operation, AwsServiceException e) {
    String code =
        Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), e.getClass().getSimpleName());
    String message = String.valueOf(e.awsErrorDetails().errorMessage());
    return new ServiceCallException(kind(code, message, e), operation, code, message, e);
  }

  private static Kind kind(String code, String message, AwsServiceException e) {
    if (e.isThrottlingException()) {
      return Kind.THROTTLED;
    }
    if (code.startsWith("AccessDenied") || code.equals("UnauthorizedOperation")) {
      return Kind.DENIED;
    }
    // Of a stack's resources, CloudFormation says so in words only; of clusters and steps, EMR.
    if (code.startsWith("ResourceNotFound")
        || code.startsWith("TargetGroupNotFound")
        || code.equals("NoSuchKey")
        || code.endsWith(".NotFound")
        || code.equals("ValidationError") && message.contains("does not exist")
        || code.equals("InvalidRequestException") && message.contains("is not valid")) {
      return Kind.NOT_FOUND;
    }
    return Kind.OTHER;
  }
}
