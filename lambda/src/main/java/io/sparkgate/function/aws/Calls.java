package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Makes calls within the time of an invocation, none longer than a limit, and sorts their failures.
 */
public final class Calls {

  /** For one call with the client's retries. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private final Supplier<Duration> remaining;
  private final Duration limit;

  /**
   * For one invocation.
   *
   * @param remaining the time that is left for calls; zero or less when it is up
   */
  public Calls(Supplier<Duration> remaining, Duration limit) {
    this.remaining = remaining;
    this.limit = limit;
  }

  /**
   * Makes a call.
   *
   * @param operation its name as in IAM, without the service's
   * @param call given the time that it may take
   */
  public <T> T make(String operation, Function<AwsRequestOverrideConfiguration, T> call)
      throws ServiceCallException {
    Duration left = remaining.get();
    if (left.isNegative() || left.isZero()) {
      throw new ServiceCallException(
          Kind.OTHER, operation, "OutOfTime", "the invocation has no time left", null);
    }
    Duration timeout = limit.compareTo(left) < 0 ? limit : left;
    try {
      return call.apply(AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build());
    } catch (AwsServiceException e) {
      throw answered(operation, e);
    } catch (RuntimeException e) {
      // No answer, or none that can be read.
      String type = e.getClass().getSimpleName();
      throw new ServiceCallException(
          Kind.OTHER, operation, type, String.valueOf(e.getMessage()), e);
    }
  }

  private static ServiceCallException answered(String operation, AwsServiceException e) {
    String code = String.valueOf(e.awsErrorDetails().errorCode());
    String message = String.valueOf(e.awsErrorDetails().errorMessage());
    return new ServiceCallException(kind(code, message, e), operation, code, message, e);
  }

  private static Kind kind(String code, String message, AwsServiceException e) {
    if (e.isThrottlingException()) {
      return Kind.THROTTLED;
    }
    if (code.startsWith("AccessDenied")) {
      return Kind.DENIED;
    }
    // Of a stack's resources, CloudFormation says so in words only.
    if (code.startsWith("ResourceNotFound")
        || code.equals("ValidationError") && message.contains("does not exist")) {
      return Kind.NOT_FOUND;
    }
    return Kind.OTHER;
  }
}
