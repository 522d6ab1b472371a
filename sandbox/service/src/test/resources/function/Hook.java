import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what the property Do says when it is asked for completion; compiled by the tests. */
public class Hook implements RequestStreamHandler {

  private int asked;

  public Hook() {
    System.out.println("Starts with " + System.getenv("GREETING"));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(text);
    answer.write(answer(text).getBytes(StandardCharsets.UTF_8));
  }

  private String answer(String event) throws IOException {
    if (!event.contains("\"StartedAt\"")) {
      String type = member(event, "RequestType");
      String id = member(event, type.equals("Create") ? "Id" : "PhysicalResourceId");
      return "{\"PhysicalResourceId\":\"" + id + "\",\"StartedAt\":\"now\"}";
    }
    String when = member(event, "When");
    if (!when.isEmpty() && !when.equals(member(event, "RequestType"))) {
      return complete(event);
    }
    switch (member(event, "Do")) {
      case "fail" -> throw new IllegalStateException("The hook was told to fail.");
      case "wait" -> {
        return ++asked % 3 == 0 ? complete(event) : "{\"IsComplete\":false}";
      }
      case "never" -> {
        return "{\"IsComplete\":false}";
      }
      case "get" -> call("AWS_ENDPOINT_URL_EMR_SERVERLESS", path(event), "");
      case "sessions" -> call("AWS_ENDPOINT_URL_EMR_SERVERLESS", path(event) + "/sessions", "");
      case "jobs" -> call("AWS_ENDPOINT_URL_EMR_SERVERLESS", path(event) + "/jobruns", "");
      case "stop" -> call("AWS_ENDPOINT_URL_EMR_SERVERLESS", path(event) + "/stop", "{}");
      case "describe" ->
          call(
              "AWS_ENDPOINT_URL_CLOUDFORMATION",
              "/",
              "Action=DescribeStackResource&StackName="
                  + member(event, "StackId").replace(":", "%3A")
                  + "&LogicalResourceId=Application");
      default -> {}
    }
    return complete(event);
  }

  /** The physical id becomes what the property Id says. */
  private static String complete(String event) {
    return member(event, "RequestType").equals("Delete")
        ? "{\"IsComplete\":true}"
        : "{\"IsComplete\":true,\"PhysicalResourceId\":\"" + member(event, "Id") + "\"}";
  }

  private static String path(String event) {
    return "/applications/" + member(event, "ApplicationId");
  }

  private static void call(String endpoint, String path, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(System.getenv(endpoint) + path))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + System.getenv("AWS_ACCESS_KEY_ID") + "/x");
    if (!body.isEmpty()) {
      request.POST(BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      System.out.println(response.body());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.body());
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String member(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }
}
