package io.sparkgate.day;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** S3 as far as records of usage need it: PutObject and GetObject, over a folder. */
record UsageFolder(Path folder) implements HttpHandler {

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
    try (exchange) {
      if (exchange.getRequestMethod().equals("PUT")) {
        Files.createDirectories(file.getParent());
        try (InputStream body = exchange.getRequestBody()) {
          Files.write(file, body.readAllBytes());
        }
        exchange.sendResponseHeaders(200, -1);
      } else if (Files.exists(file)) {
        answer(exchange, 200, Files.readAllBytes(file));
      } else {
        String error = "<Error><Code>NoSuchKey</Code><Message>There is none.</Message></Error>";
        answer(exchange, 404, error.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
