package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.Gateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The service's front door on this machine: a CONNECT proxy that leads the service's host names to
 * one TLS front on loopback, which checks the token of every call.
 */
public final class TlsGateway implements Gateway {
  private final FrontCertificate certificate;
  private final TlsFront front;
  private final ConnectProxy proxy;

  private TlsGateway(FrontCertificate certificate, TlsFront front, ConnectProxy proxy) {
    this.certificate = certificate;
    this.front = front;
    this.proxy = proxy;
  }

  /**
   * Opens it.
   *
   * @param proxyPort of the CONNECT proxy; 0 for any that is free
   * @param workDirectory keeps the certificates, in {@code tls}
   * @param region part of the host names, for example {@code us-east-1}
   * @throws IOException if the port is taken or the certificates cannot be made
   */
  public static TlsGateway start(int proxyPort, Path workDirectory, String region, Routes routes)
      throws IOException {
    var certificate =
        FrontCertificate.in(workDirectory.resolve("tls"), sessionHosts(region), Instant.now());
    var front = TlsFront.start(certificate, routes);
    try {
      var frontAddress = new InetSocketAddress(front.address(), front.port());
      var proxy = ConnectProxy.start(proxyPort, sessionHosts(region), frontAddress);
      return new TlsGateway(certificate, front, proxy);
    } catch (IOException e) {
      front.close();
      throw e;
    }
  }

  /** The wildcard that covers every session's host. */
  static String sessionHosts(String region) {
    return "*.s.emr-serverless-services." + region + ".amazonaws.com";
  }

  @Override
  public int proxyPort() {
    return proxy.port();
  }

  @Override
  public Path certificate() {
    return certificate.authority();
  }

  /** How many drivers it has a connection to. */
  int connections() {
    return front.connections();
  }

  @Override
  public void close() {
    proxy.close();
    front.close();
  }
}
