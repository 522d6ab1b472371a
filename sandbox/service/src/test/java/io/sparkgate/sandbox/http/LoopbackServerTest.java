package io.sparkgate.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {

  private final CountDownLatch handling = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private volatile boolean ended;

  @Test
  void isClosedWhenWhatItHandledHasEnded() throws Exception {
    LoopbackServer server = LoopbackServer.start("test", 0, "/", this::handle);
    try (Socket client = new Socket(server.address().getAddress(), server.address().getPort())) {
      OutputStream out = client.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      handling.await();
      Thread closing = new Thread(server::close);
      closing.start();
      interrupted.await();
      closing.join(TimeUnit.SECONDS.toMillis(1));

      assertThat(closing.isAlive()).isTrue();
      mayEnd.countDown();
      closing.join();
      assertThat(ended).isTrue();
    }
  }

  private void handle(HttpExchange exchange) {
    handling.countDown();
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      interrupted.countDown();
      awaitUninterrupted(mayEnd);
    }
    ended = true;
    exchange.close();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
