package io.sparkgate.sandbox.emrserverless;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import io.sparkgate.sandbox.http.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFrontTest {

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void listensOnThisMachineOnly() throws Exception {
    URI uri = plane.control.uri();
    assertThat(InetAddress.getByName(uri.getHost()).isLoopbackAddress()).isTrue();
    assertThat(plane.control.boundTo().getAddress().isLoopbackAddress()).isTrue();
    assertThat(plane.control.boundTo().getPort()).isEqualTo(uri.getPort());
  }

  @Test
  void saysThatAPortIsTaken() {
    int port = plane.control.uri().getPort();
    assertThatThrownBy(
            () -> ControlPlane.Builder.create(plane.access, plane.drivers).port(port).start())
        .isInstanceOf(IOException.class);
  }

  @Test
  void answersAsTheServiceDoes() {
    Reply reply = plane.get("/applications/00app");
    assertThat(reply.headers().get("content-type")).containsExactly("application/json");
    assertThat(reply.headers().get("x-amzn-requestid")).hasSize(1);
    assertThat(reply.type()).isEmpty();
  }

  @Test
  void sharesItsPortWithOtherServices() throws Exception {
    HttpHandler other =
        exchange ->
            new Answer(200, "application/json", "{\"message\": \"other\"}".getBytes(UTF_8))
                .send(exchange, UUID.randomUUID());
    try (ControlPlane shared =
        ControlPlane.Builder.create(plane.access, plane.drivers)
            .neighbour("other", other)
            .start()) {
      assertThat(message(shared, signedFor("other"))).isEqualTo("other");
      assertThat(message(shared, signedFor("emr-serverless")))
          .contains("no operation GET /nothing");
      assertThat(message(shared, "Bearer other")).contains("no operation GET /nothing");
    }
  }

  private static String signedFor(String service) {
    return Plane.credential("AKIDALICE").replace("/emr-serverless/", "/" + service + "/");
  }

  private static String message(ControlPlane control, String authorization) {
    return Plane.call(
            HttpRequest.newBuilder(URI.create(control.uri() + "/nothing"))
                .header("Authorization", authorization)
                .build())
        .message();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /",
    "GET,  /applications/00app/interactive",
    "PUT,  /applications/00app",
    "GET,  /applications/00app/sessions/00x/endpoint/more",
    "POST, /tags",
    "GET,  /applications/00app/jobruns/00x/logs",
  })
  void knowsNoOtherOperation(String method, String path) {
    Reply reply = plane.call(method, path, "");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.type()).isEqualTo("UnknownOperationException");
    assertThat(reply.message()).contains(method + " " + path);
  }

  @Test
  void refusesBodiesThatAreNoObjects() {
    assertThat(plane.post("/applications", "[]").message())
        .isEqualTo("The request's body is not a JSON object.");
    assertThat(plane.post("/applications", " ".repeat(4 << 20) + "{}").message())
        .contains("larger than 4194304 bytes");
  }

  @Test
  void keepsItsOwnFailuresToItself() {
    Reply reply =
        Plane.call(
            HttpRequest.newBuilder(URI.create(plane.control.uri() + "/applications"))
                .header("Authorization", Plane.credential("AKIDBROKEN"))
                .build());
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.type()).isEqualTo("InternalServerException");
    assertThat(reply.message()).doesNotContain("secret detail").contains("its log says more");
  }
}
