package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.Server;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.Status;
import org.sparkproject.connect.grpc.TlsServerCredentials;
import org.sparkproject.connect.grpc.netty.NettyServerBuilder;

/**
 * The load balancer before a cluster's server: it ends TLS, may ask for a client's certificate, and
 * cuts calls in which no message passes.
 */
final class ClusterFront implements AutoCloseable {

  /** What AWS's load balancer tells the server of a certificate that it verified. */
  static final Metadata.Key<String> SUBJECT =
      Metadata.Key.of("x-amzn-mtls-clientcert-subject", Metadata.ASCII_STRING_MARSHALLER);

  private final DriverChannels channels = new DriverChannels(TlsFront.METADATA_BYTES);
  private final ClusterDoor door;
  private final IdleLimit limit;
  private final Server server;

  private ClusterFront(FrontCertificate certificate, ClusterDoor door) throws IOException {
    this.door = door;
    this.limit = IdleLimit.of(door.idleTimeout());
    var credentials = TlsServerCredentials.newBuilder().keyManager(certificate.keyManagers());
    if (door.clients().isPresent()) {
      credentials
          .trustManager(door.clients().get().authority().toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
    }
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials.build())
            .maxInboundMetadataSize(TlsFront.METADATA_BYTES)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .fallbackHandlerRegistry(new AnyMethod(this::handle))
            .build();
  }

  static ClusterFront start(FrontCertificate certificate, ClusterDoor door) throws IOException {
    var front = new ClusterFront(certificate, door);
    front.server.start();
    return front;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  private ServerCall.Listener<byte[]> handle(ServerCall<byte[], byte[]> call, Metadata headers) {
    OptionalInt port = door.server().get();
    if (port.isEmpty()) {
      // As a load balancer without a healthy target, in the words of gRPC's clients.
      call.close(
          Status.UNAVAILABLE.withDescription("Received http2 header with status: 503"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    if (door.clients().isPresent()) {
      headers.discardAll(SUBJECT); // Whatever a client says of itself.
      headers.put(SUBJECT, subject(call));
    }
    String method = call.getMethodDescriptor().getFullMethodName();
    return channels.with(
        port.getAsInt(),
        channel ->
            ForwardedCall.start(
                call, headers, channel, limit, () -> door.news().accept(cut(method))));
  }

  private static String cut(String method) {
    return "the load balancer cut a call of %s: no message passed for its idle time-out"
        .formatted(method.substring(method.lastIndexOf('/') + 1));
  }

  private static String subject(ServerCall<?, ?> call) {
    try {
      SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
      if (session != null
          && session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
      }
    } catch (SSLPeerUnverifiedException e) {
      // Said below; the handshake lets nobody in without one.
    }
    throw new IllegalStateException("a call without a certificate");
  }

  @Override
  public void close() {
    server.shutdownNow();
    channels.close();
    limit.close();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
