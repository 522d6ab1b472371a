package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.TlsServerCredentials;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/** A gRPC server for every method there is: it checks the token and forwards the bytes. */
final class TlsFront implements AutoCloseable {
  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("x-aws-proxy-auth", Metadata.ASCII_STRING_MARSHALLER);

  /** A token has up to 8,000 characters; gRPC's default for all headers is 8,192 bytes. */
  static final int METADATA_BYTES = 64 * 1024;

  private final DriverChannels channels = new DriverChannels(METADATA_BYTES);
  private final Gateway.Routes routes;
  private final Server server;

  private TlsFront(FrontCertificate certificate, Gateway.Routes routes) {
    this.routes = routes;
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(address(), 0),
                TlsServerCredentials.newBuilder().keyManager(certificate.keyManagers()).build())
            .maxInboundMetadataSize(METADATA_BYTES)
            // How large a message may be is for its two ends to say.
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .fallbackHandlerRegistry(new AnyMethod(this::handle))
            .build();
  }

  static TlsFront start(FrontCertificate certificate, Gateway.Routes routes) throws IOException {
    var front = new TlsFront(certificate, routes);
    front.server.start();
    return front;
  }

  InetAddress address() {
    return InetAddress.getLoopbackAddress();
  }

  int port() {
    return server.getPort();
  }

  /** How many drivers it has a connection to. */
  int connections() {
    return channels.size();
  }

  private ServerCall.Listener<byte[]> handle(ServerCall<byte[], byte[]> call, Metadata headers) {
    try {
      String token = headers.get(TOKEN);
      if (token == null) {
        throw new Gateway.Refused("The x-aws-proxy-auth header is missing.");
      }
      int port = routes.portFor(token);
      headers.discardAll(TOKEN);
      return channels.with(port, channel -> ForwardedCall.start(call, headers, channel));
    } catch (Gateway.Refused e) {
      call.close(status(e), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  /**
   * AWS's samples report what clients see of an expired token, aws-samples/emr-serverless-samples.
   * What they see of one that never was is not known.
   */
  private static Status status(Gateway.Refused refused) {
    return refused.isExpired()
        ? Status.UNKNOWN.withDescription("Stream removed")
        : Status.UNAUTHENTICATED.withDescription(refused.getMessage());
  }

  @Override
  public void close() {
    server.shutdownNow();
    channels.close();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
