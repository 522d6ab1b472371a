package io.sparkgate.function.aws;

import io.sparkgate.function.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Calls of services of which a function needs one operation or two: signed by the SDK's own signer,
 * sent by the HTTP client of the others, and tried again as they are. A generated client for each
 * would be most of the function's jar.
 */
public final class SignedCalls {

  /** What is sent; the body may be empty. */
  record Request(SdkHttpMethod method, String path, Map<String, String> headers, byte[] body) {}

  private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

  private final String name;
  private final Region region;
  private final Optional<URI> given;
  private final URI endpoint;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final Timer timer = new Timer("signed-calls", true);

  /**
   * Of one service, in the function's Region.
   *
   * @param name of the service, as it is signed and in the host
   * @param id of the service, as the SDK's {@code AWS_ENDPOINT_URL_...} names it
   */
  SignedCalls(String name, String id, Map<String, String> environment) {
    this.name = name;
    this.region = ServiceClient.region(environment);
    this.given = Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_" + id)).map(URI::create);
    this.endpoint = given.orElseGet(() -> URI.create("https://" + host()));
    this.credentials = ServiceClient.credentials(environment);
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(ServiceClient.CONNECT_TIMEOUT)
            .socketTimeout(ServiceClient.READ_TIMEOUT)
            .build();
  }

  /** The service's host in the Region. */
  String host() {
    return "%s.%s.%s".formatted(name, region.id(), PartitionMetadata.of(region).dnsSuffix());
  }

  URI endpoint() {
    return endpoint;
  }

  /** Whether the environment gave another endpoint. */
  boolean redirected() {
    return given.isPresent();
  }

  /**
   * Makes a call at the service's own endpoint.
   *
   * @param about what the call is about, for the message of an error
   */
  byte[] make(Calls calls, String operation, String about, Request request)
      throws ServiceCallException {
    return make(calls, operation, about, endpoint, request);
  }

  /** Makes a call at an endpoint of the service; the answer's body. */
  byte[] make(Calls calls, String operation, String about, URI endpoint, Request request)
      throws ServiceCallException {
    return calls.make(
        operation,
        override -> {
          Duration time = override.apiCallTimeout().orElse(Calls.LIMIT);
          return attempt(new Attempts(timer, time), about, endpoint, request);
        });
  }

  private byte[] attempt(Attempts attempts, String about, URI endpoint, Request request) {
    while (true) {
      try {
        return once(attempts, about, endpoint, request);
      } catch (AwsServiceException e) {
        if (e.isThrottlingException() || e.statusCode() < 500 || !attempts.another()) {
          throw e;
        }
      } catch (IOException e) {
        if (attempts.over()) {
          throw ApiCallTimeoutException.create(attempts.time().toMillis());
        }
        if (!attempts.another()) {
          String message = "no answer from %s: %s".formatted(endpoint.getHost(), e.getMessage());
          throw SdkClientException.create(message, e);
        }
      }
    }
  }

  private byte[] once(Attempts attempts, String about, URI endpoint, Request request)
      throws IOException {
    HttpExecuteRequest.Builder sent = HttpExecuteRequest.builder();
    SignedRequest signed = signed(endpoint, request);
    // With a body, and be it empty, the JDK makes a POST of a GET.
    signed.payload().ifPresent(sent::contentStreamProvider);
    var prepared = http.prepareRequest(sent.request(signed.request()).build());
    Runnable ended = attempts.abortingAtTheEnd(prepared::abort);
    try {
      HttpExecuteResponse response = prepared.call();
      byte[] answer = new byte[0];
      if (response.responseBody().isPresent()) {
        try (var stream = response.responseBody().get()) {
          answer = stream.readAllBytes();
        }
      }
      if (!response.httpResponse().isSuccessful()) {
        String type = response.httpResponse().firstMatchingHeader("x-amzn-ErrorType").orElse(null);
        throw error(response.httpResponse().statusCode(), type, answer, about);
      }
      return answer;
    } finally {
      ended.run();
    }
  }

  private SignedRequest signed(URI endpoint, Request request) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().uri(endpoint).method(request.method()).encodedPath(request.path());
    request.headers().forEach(unsigned::putHeader);
    boolean hasBody = request.body().length > 0;
    if (hasBody) {
      unsigned.putHeader("Content-Length", String.valueOf(request.body().length));
    }
    ContentStreamProvider body = () -> new ByteArrayInputStream(request.body());
    return signer.sign(
        sign ->
            sign.identity(credentials.resolveCredentials())
                .request(unsigned.build())
                .payload(hasBody ? body : null)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, name)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                // The path is sent as it is signed, which S3 asks for.
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true));
  }

  private AwsServiceException error(
      int status, @Nullable String header, byte[] body, String about) {
    String text = new String(body, StandardCharsets.UTF_8);
    String code = header;
    String message = null;
    if (text.startsWith("{")) {
      Object fields = Json.parse(text);
      code = code == null ? Json.text(fields, "__type") : code;
      String said = Json.text(fields, "message");
      message = said == null ? Json.text(fields, "Message") : said;
    } else {
      code = first(CODE, text, code);
      message = first(MESSAGE, text, null);
    }
    String known = code == null ? "Http" + status : code.replaceFirst("^.*#", "");
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName(name)
                .errorCode(known.replaceFirst(":.*$", ""))
                .errorMessage("%s (%s)".formatted(message == null ? "no message" : message, about))
                .build())
        .build();
  }

  private static @Nullable String first(Pattern pattern, String text, @Nullable String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
