package io.sparkgate.sandbox.ssm;

import io.sparkgate.sandbox.iam.Identity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where sessions of Session Manager lead to: one port of one instance. Their data comes to a port
 * of this machine, a line with the session's token first; AWS's comes by its own protocol over
 * WebSockets, which is not played.
 */
public final class Tunnels implements AutoCloseable {
  private static final int LONGEST_TOKEN = 200;
  private static final int TOKEN_MILLIS = 10_000;

  private final Instance instance;
  private final BooleanSupplier there;
  private final Supplier<OptionalInt> server;
  private final ServerSocket socket = new ServerSocket();
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "tunnel");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * The instance, and the one document by which people come there.
   *
   * @param arnPrefix of the account and Region, for example {@code arn:aws:%s:us-east-1:1:%s}, with
   *     places for the service and the resource
   * @param tags of the instance
   */
  public record Instance(
      String id, Map<String, String> tags, String documentName, String arnPrefix) {

    String arnOf(String instance) {
      return arnPrefix.formatted("ec2", "instance/" + instance);
    }

    String documentArn() {
      return documentArnOf(documentName);
    }

    String documentArnOf(String name) {
      return name.startsWith("arn:") ? name : arnPrefix.formatted("ssm", "document/" + name);
    }

    String sessionArn(String session) {
      return arnPrefix.formatted("ssm", "session/" + session);
    }
  }

  /** A session that began. */
  record Opened(String sessionId, String token, String streamUrl) {}

  private record Session(String id, String token, String userId, Set<Socket> open) {}

  private Tunnels(Instance instance, BooleanSupplier there, Supplier<OptionalInt> server)
      throws IOException {
    this.instance = instance;
    this.there = there;
    this.server = server;
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * Listens on loopback.
   *
   * @param there whether the instance is, so that Systems Manager knows it
   * @param server the loopback port that sessions lead to; empty while nobody listens there
   */
  public static Tunnels start(
      Instance instance, BooleanSupplier there, Supplier<OptionalInt> server) throws IOException {
    var tunnels = new Tunnels(instance, there, server);
    tunnels.threads.execute(tunnels::accept);
    return tunnels;
  }

  Instance instance() {
    return instance;
  }

  boolean isConnected() {
    return there.getAsBoolean();
  }

  Opened open(Identity caller) {
    String name = caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
    String id = name + "-" + hex(9).substring(1);
    var session = new Session(id, hex(32), caller.userId(), ConcurrentHashMap.newKeySet());
    sessions.put(id, session);
    return new Opened(id, session.token(), "tcp://127.0.0.1:" + socket.getLocalPort());
  }

  /** The tags that AWS gives a session. */
  Map<String, String> tags(String sessionId) {
    Session session = sessions.get(sessionId);
    return session == null
        ? Map.of()
        : Map.of(
            "aws:ssmmessages:session-id", session.userId(),
            "aws:ssmmessages:target-id", instance.id());
  }

  /** Ends a session and cuts what goes through it. */
  void close(String sessionId) {
    Session session = sessions.remove(sessionId);
    if (session != null) {
      session.open().forEach(Tunnels::closeQuietly);
    }
  }

  private String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException e) {
        // One client's trouble, or the end.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(TOKEN_MILLIS);
      var in = new BufferedInputStream(client.getInputStream());
      String token = line(in);
      client.setSoTimeout(0);
      Optional<Session> session =
          sessions.values().stream().filter(one -> one.token().equals(token)).findFirst();
      OptionalInt port = server.get();
      if (session.isPresent() && port.isPresent()) {
        lead(session.get(), client, in, port.getAsInt());
      }
    } catch (IOException | RejectedExecutionException e) {
      // The client or the server went away.
    }
  }

  private void lead(Session session, Socket client, InputStream in, int port) throws IOException {
    try (var to = new Socket(InetAddress.getLoopbackAddress(), port)) {
      session.open().add(client);
      client.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      if (!sessions.containsKey(session.id())) { // close() may have missed this one.
        return;
      }
      threads.execute(() -> Pipe.copy(in, to, client));
      to.getInputStream().transferTo(client.getOutputStream());
    } finally {
      session.open().remove(client);
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    int next;
    while (line.length() < LONGEST_TOKEN && (next = in.read()) >= 0 && next != '\n') {
      line.append((char) next);
    }
    return line.toString();
  }

  private static void closeQuietly(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      // It is closed for us.
    }
  }

  /** Cuts all. */
  @Override
  public void close() {
    closeQuietly(socket);
    sessions.keySet().forEach(this::close);
    threads.shutdownNow();
  }
}
