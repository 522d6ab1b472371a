package io.sparkgate.sandbox.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server for this machine only, with a thread per request under way. */
public final class LoopbackServer implements AutoCloseable {

  /** What is interrupted has little left to do, but a busy machine is slow at that too. */
  private static final int LIMIT_SECONDS = 60;

  static {
    // Else each small answer waits for the client's delayed acknowledgement, 40 ms. The JDK reads
    // it once, when its first server is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private LoopbackServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens.
   *
   * @param name of its threads
   * @param port 0 for any that is free
   * @param path what it handles begins with this; all else is 404
   * @throws IOException if the port is taken
   */
  public static LoopbackServer start(String name, int port, String path, HttpHandler handler)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext(path, handler);
    server.start();
    return new LoopbackServer(server, threads);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Cuts all connections, interrupts what is handled and returns when that has ended. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a request to the sandbox does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
