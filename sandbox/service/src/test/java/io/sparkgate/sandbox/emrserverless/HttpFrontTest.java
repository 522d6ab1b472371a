package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
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

  @ParameterizedTest
  @CsvSource({
    "GET,  /",
    "GET,  /applications/00app/interactive",
    "PUT,  /applications/00app",
    "GET,  /applications/00app/sessions/00x/endpoint/more",
    "POST, /tags",
    "GET,  /applications/00app/jobruns/00x/attempts",
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
