package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.HandlerRegistry;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerMethodDefinition;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/**
 * A gRPC server that stands for a driver. It returns each message; when the client has said all, it
 * ends with the status and the trailer that the method's name asks for.
 */
final class FakeDriver implements AutoCloseable {
  static final Metadata.Key<String> NAME = key("driver-name");
  static final Metadata.Key<String> TRAILER = key("driver-trailer");

  private final String name;
  private final Server server;
  private final BlockingQueue<Metadata> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

  private FakeDriver(String name, int port) throws IOException {
    this.name = name;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .fallbackHandlerRegistry(new Methods())
            .build()
            .start();
  }

  /** Starts one that says its name in the headers of its answers. */
  static FakeDriver start(String name) throws IOException {
    return new FakeDriver(name, 0);
  }

  static FakeDriver start(String name, int port) throws IOException {
    return new FakeDriver(name, port);
  }

  int port() {
    return server.getPort();
  }

  /** The headers of the next call that has come. */
  Metadata awaitCall() throws InterruptedException {
    return taken(calls);
  }

  void awaitCancel() throws InterruptedException {
    taken(cancelled);
  }

  boolean wasCalled() {
    return !calls.isEmpty();
  }

  private static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing came in a minute");
    }
    return next;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    end(server);
  }

  /** Returns when it has ended. */
  static void end(Server server) {
    try {
      server.shutdownNow().awaitTermination();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final class Methods extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
      return ServerMethodDefinition.create(
          MethodDescriptor.newBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
              .setFullMethodName(method)
              .setType(MethodDescriptor.MethodType.UNKNOWN)
              .build(),
          (call, headers) -> {
            calls.add(headers);
            var answer = new Metadata();
            answer.put(NAME, name);
            call.sendHeaders(answer);
            call.request(1);
            return new Echo(call);
          });
    }
  }

  private final class Echo extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;

    private Echo(ServerCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onMessage(byte[] message) {
      call.sendMessage(message);
      call.request(1);
    }

    @Override
    public void onHalfClose() {
      String status = call.getMethodDescriptor().getBareMethodName();
      var trailers = new Metadata();
      trailers.put(TRAILER, "the end");
      call.close(
          Status.fromCode(Status.Code.valueOf(status)).withDescription("as asked"), trailers);
    }

    @Override
    public void onCancel() {
      cancelled.add(name);
    }
  }
}
