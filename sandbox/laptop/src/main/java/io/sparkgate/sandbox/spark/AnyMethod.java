package io.sparkgate.sandbox.spark;

import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.HandlerRegistry;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerMethodDefinition;

/** Knows every method there is, and what it says only as bytes. */
final class AnyMethod extends HandlerRegistry {
  private final ServerCallHandler<byte[], byte[]> handler;

  AnyMethod(ServerCallHandler<byte[], byte[]> handler) {
    this.handler = handler;
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    var method =
        MethodDescriptor.newBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
            .setFullMethodName(name)
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .build();
    return ServerMethodDefinition.create(method, handler);
  }
}
