package io.sparkgate.function.reaper.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on to a service and keeps count of them. */
final class Doorman implements AutoCloseable {

  private final ServerSocket door;
  private final URI service;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

  Doorman(URI service) {
    this.service = service;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** All connections that ever came. */
  int accepted() {
    return accepted.get();
  }

  /** Those that the client has not closed. */
  int open() {
    return open.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        accepted.incrementAndGet();
        open.add(client);
        Socket server = new Socket(service.getHost(), service.getPort());
        start(
            () -> {
              pump(client, server);
              open.remove(client);
            });
        start(() -> pump(server, client));
      }
    } catch (IOException e) {
      // Closed: nobody comes any more.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] bytes = new byte[8192];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        to.getOutputStream().write(bytes, 0, n);
      }
    } catch (IOException e) {
      // The other side is gone.
    }
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "doorman");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Returns when none of its threads is left: the first is the one that starts the others. */
  @Override
  public void close() throws IOException {
    door.close();
    try {
      threads.remove().join();
      for (Socket socket : open) {
        socket.close();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
