package io.sparkgate.sandbox.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Stands in for AWS's {@code session-manager-plugin}: it is called with the same arguments and says
 * the same lines, and forwards a port of this machine by way of the sandbox.
 */
public final class SessionManagerPlugin {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** In the shape of AWS's, and one that AWS never had. */
  private static final String VERSION = "1.2.999.0";

  /** AWS's command may give the answer of StartSession so, and not among its arguments. */
  private static final String IN_ENVIRONMENT = "AWS_SSM_START_SESSION_RESPONSE";

  /** StartSession's answer, the Region, its name, the profile and the request. */
  private static final int REQUEST = 4;

  private SessionManagerPlugin() {}

  /**
   * Forwards until it is stopped.
   *
   * @param arguments those of AWS's plugin
   */
  public static void main(String... arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(VERSION);
      return;
    }
    if (arguments.length <= REQUEST) {
      System.out.println(
          "This stands in for the Session Manager plugin, in the sandbox and nowhere else.");
      return;
    }
    String given =
        arguments[0].equals(IN_ENVIRONMENT) ? System.getenv(IN_ENVIRONMENT) : arguments[0];
    JsonNode session = JSON.readTree(Optional.ofNullable(given).orElse("{}"));
    JsonNode request = JSON.readTree(arguments[REQUEST]);
    String id = session.path("SessionId").asText();
    int port = request.at("/Parameters/localPortNumber/0").asInt();
    System.err.println("session-manager-plugin: the sandbox's stand-in, not AWS's");
    System.out.printf("%nStarting session with SessionId: %s%n", id);
    try (var server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      System.out.printf(
          "Port %d opened for sessionId %s.%nWaiting for connections...%n",
          server.getLocalPort(), id);
      System.out.flush();
      while (true) {
        Socket client = server.accept();
        Thread thread = new Thread(() -> forward(client, session), "connection");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void forward(Socket client, JsonNode session) {
    URI stream = URI.create(session.path("StreamUrl").asText());
    try (client;
        var sandbox = new Socket(stream.getHost(), stream.getPort())) {
      client.setTcpNoDelay(true);
      sandbox.setTcpNoDelay(true);
      String token = session.path("TokenValue").asText() + "\n";
      sandbox.getOutputStream().write(token.getBytes(StandardCharsets.US_ASCII));
      var in = client.getInputStream();
      Thread up = new Thread(() -> Pipe.copy(in, sandbox, client), "up");
      up.setDaemon(true);
      up.start();
      sandbox.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      System.err.println("session-manager-plugin: " + e.getMessage());
    }
  }
}
