package io.sparkgate.sandbox.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP proxy on loopback that knows CONNECT only, and one place to connect to. */
final class ConnectProxy implements AutoCloseable {
  private static final int HEAD_BYTES = 8 * 1024;
  private static final int HEAD_MILLIS = 10_000;
  private static final int CLOSE_SECONDS = 10;
  private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.[01]\r?\n");

  private final ServerSocket server;
  private final Map<String, InetSocketAddress> fronts;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Threads.daemon("connect-proxy"));
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ConnectProxy(ServerSocket server, Map<String, InetSocketAddress> fronts) {
    this.server = server;
    this.fronts = new TreeMap<>(fronts);
  }

  /**
   * Listens.
   *
   * @param port 0 for any that is free
   * @param fronts where it leads, by names with ports; a name may begin with a wildcard, as {@code
   *     *.example.com:443}
   */
  static ConnectProxy start(int port, Map<String, InetSocketAddress> fronts) throws IOException {
    var server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      server.close();
      throw new IOException("Port " + port + " of the CONNECT proxy is taken: choose another", e);
    }
    var proxy = new ConnectProxy(server, fronts);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        if (server.isClosed()) { // close() may have missed this one.
          client.close();
        }
        threads.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException e) {
        // One client's trouble, or the end.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(HEAD_MILLIS);
      var in = new BufferedInputStream(client.getInputStream());
      Matcher request = REQUEST_LINE.matcher(readHead(in));
      if (!request.lookingAt()) {
        answer(client, "400 Bad Request", "This is not an HTTP request.");
      } else if (!request.group(1).equals("CONNECT")) {
        answer(client, "405 Method Not Allowed", "This proxy knows CONNECT only.");
      } else {
        Optional<InetSocketAddress> front = frontOf(request.group(2));
        if (front.isEmpty()) {
          String where = String.join(", ", fronts.keySet());
          answer(client, "403 Forbidden", "This proxy leads to " + where + " only.");
        } else {
          client.setSoTimeout(0);
          tunnel(client, in, front.get());
        }
      }
    } catch (IOException | RejectedExecutionException e) {
      // The client went away or said nothing, or the proxy closes; there is nobody to tell.
    } finally {
      open.remove(client);
    }
  }

  private Optional<InetSocketAddress> frontOf(String place) {
    return fronts.entrySet().stream()
        .filter(front -> covers(front.getKey(), place))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** As in a certificate, the star stands for one label. */
  private static boolean covers(String name, String place) {
    return name.startsWith("*.")
        ? Pattern.compile(LABEL + Pattern.quote(name.substring(1)), Pattern.CASE_INSENSITIVE)
            .matcher(place)
            .matches()
        : name.equalsIgnoreCase(place);
  }

  /** Everything up to and with the empty line; what there is when it is too long or cut off. */
  private static String readHead(InputStream in) throws IOException {
    var head = new StringBuilder();
    int next;
    while (head.length() < HEAD_BYTES && (next = in.read()) >= 0) {
      head.append((char) next);
      if (next == '\n' && (head.indexOf("\r\n\r\n") >= 0 || head.indexOf("\n\n") >= 0)) {
        return head.toString();
      }
    }
    return "";
  }

  private static void answer(Socket client, String status, String why) throws IOException {
    String allow = status.startsWith("405") ? "Allow: CONNECT\r\n" : "";
    String body = why + "\n";
    write(
        client,
        "HTTP/1.1 %s\r\n%sContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, allow, body.length(), body));
  }

  private static void write(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Copies both ways until one side closes; then the other is closed too. */
  private void tunnel(Socket client, InputStream fromClient, InetSocketAddress front)
      throws IOException {
    var upstream = new Socket(front.getAddress(), front.getPort());
    try (upstream) {
      open.add(upstream);
      if (server.isClosed()) { // close() may have missed this one.
        return;
      }
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      threads.execute(() -> copy(fromClient, client, upstream));
      upstream.getInputStream().transferTo(client.getOutputStream());
    } finally {
      open.remove(upstream);
    }
  }

  private static void copy(InputStream fromClient, Socket client, Socket upstream) {
    try (client;
        upstream) {
      fromClient.transferTo(upstream.getOutputStream());
    } catch (IOException e) {
      // Closed, and so is the other side now.
    }
  }

  /** Cuts all connections and returns when nobody copies any more. */
  @Override
  public void close() {
    closeQuietly(server);
    threads.shutdown();
    open.forEach(ConnectProxy::closeQuietly);
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is closed for us.
    }
  }
}
