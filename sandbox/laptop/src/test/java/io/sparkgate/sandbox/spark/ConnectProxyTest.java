package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectProxyTest {
  private static final String HOST = "x1.s.emr-serverless-services.us-east-1.amazonaws.com:443";

  private ServerSocket front;
  private ConnectProxy proxy;

  @BeforeEach
  void open() throws IOException {
    front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var address = new InetSocketAddress(front.getInetAddress(), front.getLocalPort());
    proxy = ConnectProxy.start(0, Map.of(TlsGateway.sessionHosts("us-east-1") + ":443", address));
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    front.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {HOST, "X1.S.EMR-SERVERLESS-SERVICES.us-east-1.AMAZONAWS.COM:443"})
  void leadsASessionsHostToTheFront(String host) throws IOException {
    try (Socket client = ask("CONNECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\n\r\nping");
        Socket accepted = front.accept()) {
      assertThat(read(accepted, 4)).isEqualTo("ping");
      String established = "HTTP/1.1 200 Connection established\r\n\r\n";
      assertThat(read(client, established.length())).isEqualTo(established);
      write(accepted, "pong");
      assertThat(read(client, 4)).isEqualTo("pong");
    }
  }

  @Test
  void closesOneSideWithTheOther() throws IOException {
    Socket client = ask("CONNECT " + HOST + " HTTP/1.1\r\n\r\n");
    try (Socket accepted = front.accept()) {
      client.close();
      assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket other = ask("CONNECT " + HOST + " HTTP/1.1\r\n\r\n")) {
      front.accept().close();
      assertThat(readAll(other)).startsWith("HTTP/1.1 200 ");
    }
    try (Socket third = ask("CONNECT " + HOST + " HTTP/1.1\r\n\r\n");
        Socket accepted = front.accept()) {
      assertThat(read(third, 12)).isEqualTo("HTTP/1.1 200");
      proxy.close();
      assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com:443",
        "169.254.169.254:80",
        "localhost:22",
        "x1.s.emr-serverless-services.us-east-1.amazonaws.com:22",
        "x1.s.emr-serverless-services.us-east-1.amazonaws.com",
        "x1.s.emr-serverless-services.eu-west-1.amazonaws.com:443",
        "a.b.s.emr-serverless-services.us-east-1.amazonaws.com:443",
        ".s.emr-serverless-services.us-east-1.amazonaws.com:443",
        "x1.s.emr-serverless-services.us-east-1.amazonaws.com.example.com:443",
        "example.com/x1.s.emr-serverless-services.us-east-1.amazonaws.com:443"
      })
  void isNoOpenProxy(String host) throws IOException {
    assertThat(answerTo("CONNECT " + host + " HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 403 Forbidden\r\n")
        .contains("*.s.emr-serverless-services.us-east-1.amazonaws.com:443");
  }

  @Test
  void knowsConnectOnly() throws IOException {
    assertThat(answerTo("GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: CONNECT\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello\r\n\r\n", "CONNECT\r\n\r\n", "CONNECT a b c\r\n\r\n", "\r\n\r\n"})
  void answersWhatIsNoRequest(String nonsense) throws IOException {
    assertThat(answerTo(nonsense)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void doesNotReadForEver() throws IOException {
    assertThat(answerTo("CONNECT " + "a".repeat(8 * 1024 - 8))).startsWith("HTTP/1.1 400 ");
  }

  private String answerTo(String request) throws IOException {
    try (Socket client = ask(request)) {
      return readAll(client);
    }
  }

  private Socket ask(String request) throws IOException {
    var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(60_000);
    write(client, request);
    return client;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
