package io.sparkgate.test.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As much of STS, Systems Manager and CloudFormation as the CLI asks for a difference and for
 * drift.
 */
final class FakeAws implements AutoCloseable {

  private static final Pattern ROLE = Pattern.compile("RoleArn=[^&]*:role/([^&]*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> assumed = new CopyOnWriteArrayList<>();
  private volatile @Nullable String template;
  private volatile @Nullable String changed;
  private volatile boolean expired;
  private volatile boolean refusing;

  private FakeAws(HttpServer server) {
    this.server = server;
  }

  static FakeAws start() throws IOException {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    FakeAws aws = new FakeAws(HttpServer.create(anywhere, 0));
    aws.server.createContext("/", aws::serve);
    aws.server.setExecutor(aws.threads);
    aws.server.start();
    return aws;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A stack of this template is there. */
  void deployed(String template) {
    this.template = template;
  }

  /** This queue of the stack was changed by hand. */
  void changed(String logicalId) {
    changed = logicalId;
  }

  /** The caller's credentials have expired. */
  void expire() {
    expired = true;
  }

  /** No role may be assumed, and without one nothing is permitted. */
  void refuseRoles() {
    refusing = true;
  }

  /** The names of the roles that were assumed. */
  List<String> assumed() {
    return assumed;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body =
        URLDecoder.decode(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            StandardCharsets.UTF_8);
    String answer = answer(body);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.startsWith("<Error") ? 400 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String answer(String request) {
    if (expired) {
      return error("ExpiredToken", "The security token included in the request is expired");
    }
    if (request.startsWith("Action=GetCallerIdentity")) {
      return result(
          "GetCallerIdentity",
          "<Arn>arn:aws:sts::111122223333:assumed-role/Gate/sparkgate-dev</Arn>"
              + "<UserId>AROAEXAMPLE:sparkgate-dev</UserId><Account>111122223333</Account>");
    }
    if (refusing) {
      return error("AccessDenied", "User: somebody is not authorized to perform this");
    }
    if (request.startsWith("{")) {
      return "{\"Parameter\":{\"Name\":\"version\",\"Type\":\"String\",\"Value\":\"33\"}}";
    }
    if (request.startsWith("Action=AssumeRole")) {
      Matcher role = ROLE.matcher(request);
      assumed.add(role.find() ? role.group(1) : request);
      return result(
          "AssumeRole",
          "<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
              + "<SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
              + "</Credentials>");
    }
    if (request.contains("Drift")) {
      return drift(request);
    }
    String deployed = template;
    if (deployed == null) {
      return error("ValidationError", "Stack with id SparkConnect-dev does not exist");
    }
    return request.startsWith("Action=GetTemplate")
        ? result("GetTemplate", "<TemplateBody>" + escaped(deployed) + "</TemplateBody>")
        : result(
            "DescribeStacks",
            "<Stacks><member><StackName>SparkConnect-dev</StackName>"
                + "<CreationTime>2026-01-01T00:00:00Z</CreationTime>"
                + "<StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>");
  }

  private String drift(String request) {
    if (request.startsWith("Action=DetectStackDrift&")) {
      return result("DetectStackDrift", "<StackDriftDetectionId>1</StackDriftDetectionId>");
    }
    if (request.startsWith("Action=DescribeStackDriftDetectionStatus")) {
      return result(
          "DescribeStackDriftDetectionStatus",
          "<DetectionStatus>DETECTION_COMPLETE</DetectionStatus>");
    }
    String queue =
        "<member><LogicalResourceId>%s</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType><StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus></member>";
    return result(
        "DescribeStackResourceDrifts",
        "<StackResourceDrifts>%s</StackResourceDrifts>"
            .formatted(changed == null ? "" : queue.formatted(changed)));
  }

  private static String result(String action, String content) {
    return "<%1$sResponse><%1$sResult>%2$s</%1$sResult></%1$sResponse>".formatted(action, content);
  }

  private static String error(String code, String message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
        .formatted(code, message);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
