package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.SignedCalls.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Small objects of one bucket of S3, encrypted as the bucket says. */
public final class UsageObjects {

  /** Where an object is. */
  record Place(URI host, String path) {}

  private final SignedCalls s3;
  private final Calls calls;
  private final String bucket;

  /** The client, which outlasts an invocation. */
  public static SignedCalls client(Map<String, String> environment) {
    return new SignedCalls("s3", "S3", environment);
  }

  public UsageObjects(SignedCalls s3, Calls calls, String bucket) {
    this.s3 = s3;
    this.calls = calls;
    this.bucket = bucket;
  }

  /** Writes the object, in place of one of that key. */
  public void put(String key, String json) throws ServiceCallException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    make("PutObject", SdkHttpMethod.PUT, key, Map.of("Content-Type", "application/json"), body);
  }

  /**
   * The object's text; empty where there is none. S3 tells that only to those who may list the
   * bucket; others are refused.
   */
  public Optional<String> get(String key) throws ServiceCallException {
    try {
      byte[] body = make("GetObject", SdkHttpMethod.GET, key, Map.of(), new byte[0]);
      return Optional.of(new String(body, StandardCharsets.UTF_8));
    } catch (ServiceCallException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Place place(String key) {
    String path = "/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key);
    // A certificate of S3 is not for the dots of a bucket's name.
    return s3.redirected() || bucket.contains(".")
        ? new Place(s3.endpoint(), "/" + bucket + path)
        : new Place(URI.create("https://%s.%s".formatted(bucket, s3.host())), path);
  }

  private byte[] make(
      String operation, SdkHttpMethod method, String key, Map<String, String> headers, byte[] body)
      throws ServiceCallException {
    String about = "s3://%s/%s".formatted(bucket, key);
    Place place = place(key);
    Request request = new Request(method, place.path(), headers, body);
    try {
      return s3.make(calls, operation, about, place.host(), request);
    } catch (ServiceCallException e) {
      throw e.kind() == Kind.DENIED ? denied(e, operation) : e;
    }
  }

  private static ServiceCallException denied(ServiceCallException e, String operation) {
    String remedy =
        operation.equals("PutObject")
            ? "s3:PutObject on it"
            : "s3:GetObject on it and s3:ListBucket on the bucket, without which S3 refuses what"
                + " is not there";
    return new ServiceCallException(
        Kind.DENIED,
        operation,
        e.type(),
        e.said()
            + "; what to do: allow the function's role "
            + remedy
            + ", and its use of the bucket's key",
        null);
  }
}
