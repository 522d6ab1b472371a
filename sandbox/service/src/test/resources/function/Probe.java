import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A function that does what the event, a JSON string, tells it; compiled by the tests. */
public class Probe implements RequestStreamHandler {

  public Probe() {
    if (System.getenv("FAIL_INIT") != null) {
      throw new IllegalStateException("not today");
    }
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    if (System.getenv("SAY") != null) {
      String pid = Long.toString(ProcessHandle.current().pid());
      System.out.println(System.getenv("SAY").replace("PID", pid));
    }
    String order = new String(event.readAllBytes(), StandardCharsets.UTF_8).replace("\"", "");
    Object result =
        switch (order) {
          case "print" -> {
            System.out.println("first");
            System.err.println("second");
            context.getLogger().log("third\n");
            yield "null";
          }
          case "environment" -> environment();
          case "context" ->
              "[\"%s\", \"%s\", %d, \"%s\"]"
                  .formatted(
                      context.getFunctionName(),
                      context.getInvokedFunctionArn(),
                      context.getMemoryLimitInMB(),
                      context.getAwsRequestId());
          case "remaining" -> context.getRemainingTimeInMillis();
          case "heap" -> Runtime.getRuntime().maxMemory();
          case "pid" -> ProcessHandle.current().pid();
          case "fail" -> throw new IllegalArgumentException("said \"no\"");
          case "exit" -> {
            System.exit(3);
            yield "";
          }
          case "hang" -> {
            System.out.println("hanging");
            while (true) {
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                // Hangs on.
              }
            }
          }
          default -> "\"" + order + "\"";
        };
    answer.write(result.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String environment() {
    StringBuilder json = new StringBuilder("{");
    System.getenv()
        .forEach(
            (name, value) ->
                json.append(json.length() > 1 ? "," : "")
                    .append('"' + name + "\":\"" + value.replace("\"", "'") + '"'));
    return json.append('}').toString();
  }
}
