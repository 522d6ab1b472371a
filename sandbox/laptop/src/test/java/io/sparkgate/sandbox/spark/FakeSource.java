package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.HandlerRegistry;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerMethodDefinition;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/** A gRPC server with a large answer, which it sends as fast as it is taken. */
final class FakeSource implements AutoCloseable {
  static final int MESSAGE = 1 << 20;

  private final int messages;
  private final AtomicInteger sent = new AtomicInteger();
  private final Server server;

  FakeSource(int messages) throws IOException {
    this.messages = messages;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .fallbackHandlerRegistry(new Methods())
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  int sent() {
    return sent.get();
  }

  @Override
  public void close() {
    FakeDriver.end(server);
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
            call.sendHeaders(new Metadata());
            return new Flood(call);
          });
    }
  }

  private final class Flood extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;

    private Flood(ServerCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onReady() {
      while (call.isReady() && sent.get() < messages) {
        call.sendMessage(new byte[MESSAGE]);
        if (sent.incrementAndGet() == messages) {
          call.close(Status.OK, new Metadata());
        }
      }
    }
  }
}
