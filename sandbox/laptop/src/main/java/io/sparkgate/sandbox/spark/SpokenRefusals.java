package io.sparkgate.sandbox.spark;

import com.amazonaws.DefaultRequest;
import com.amazonaws.Request;
import com.amazonaws.Response;
import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.handlers.HandlerContextKey;
import com.amazonaws.handlers.RequestHandler2;
import com.amazonaws.http.HttpMethodName;
import com.amazonaws.services.s3.internal.AWSS3V4Signer;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells people why a look at an object was refused. Hadoop's client begins with HEAD, and HTTP has
 * no room for a reason in the answer to that: on AWS it says "Forbidden" and no more. Here the same
 * is asked again with GET, whose refusal names the action and the resource.
 */
public final class SpokenRefusals extends RequestHandler2 {
  private static final int FORBIDDEN = 403;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Pattern ANSWER =
      Pattern.compile("<Code>(?<code>.*)</Code><Message>(?<message>.*)</Message>", Pattern.DOTALL);

  /** As Hadoop makes it, by {@code fs.s3a.audit.request.handlers}. */
  public SpokenRefusals() {}

  @Override
  public void afterError(Request<?> request, Response<?> response, Exception error) {
    if (error instanceof AmazonS3Exception refusal
        && refusal.getStatusCode() == FORBIDDEN
        && request.getHttpMethod() == HttpMethodName.HEAD) {
      Matcher answer = ANSWER.matcher(askAgain(request));
      if (answer.find()) {
        refusal.setErrorCode(answer.group("code"));
        refusal.setErrorMessage(plain(answer.group("message")));
      }
    }
  }

  /** The body of the answer; empty when there is none, and "Forbidden" has to do as on AWS. */
  private static String askAgain(Request<?> head) {
    try {
      HttpURLConnection get = open(head);
      get.getResponseCode(); // Asks.
      try (InputStream refusal = get.getErrorStream()) {
        return refusal == null ? "" : new String(refusal.readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        get.disconnect();
      }
    } catch (IOException e) {
      return "";
    }
  }

  private static HttpURLConnection open(Request<?> head) throws IOException {
    AWSCredentials credentials = head.getHandlerContext(HandlerContextKey.AWS_CREDENTIALS);
    var get = new DefaultRequest<Void>(head.getServiceName());
    get.setHttpMethod(HttpMethodName.GET);
    get.setEndpoint(head.getEndpoint());
    get.setResourcePath(head.getResourcePath());
    var signer = new AWSS3V4Signer();
    signer.setServiceName("s3");
    signer.setRegionName("us-east-1");
    signer.sign(get, credentials);

    var url = head.getEndpoint().resolve("/" + head.getResourcePath()).toURL();
    if (!(url.openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("not HTTP: " + url);
    }
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    get.getHeaders().forEach(connection::setRequestProperty);
    return connection;
  }

  /** Without what XML escapes. */
  private static String plain(String xml) {
    return xml.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
