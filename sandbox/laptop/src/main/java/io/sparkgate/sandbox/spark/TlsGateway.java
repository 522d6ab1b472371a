package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.Gateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * The service's front door on this machine: a CONNECT proxy that leads the service's host names to
 * one TLS front on loopback, which checks the token of every call.
 */
public final class TlsGateway implements Gateway {
  private final FrontCertificate certificate;
  private final TlsFront front;
  private final ConnectProxy proxy;
  private final Optional<ClusterFront> clusterFront;

  private TlsGateway(
      FrontCertificate certificate,
      TlsFront front,
      ConnectProxy proxy,
      Optional<ClusterFront> clusterFront) {
    this.certificate = certificate;
    this.front = front;
    this.proxy = proxy;
    this.clusterFront = clusterFront;
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
    return start(proxyPort, workDirectory, region, routes, Optional.empty());
  }

  /**
   * Opens it with a cluster's load balancer beside it.
   *
   * @param proxyPort of the CONNECT proxy; 0 for any that is free
   * @param workDirectory keeps the certificates, in {@code tls}
   * @param region part of the host names, for example {@code us-east-1}
   * @param door to a cluster, if there is one
   * @throws IOException if the port is taken or the certificates cannot be made
   */
  public static TlsGateway start(
      int proxyPort, Path workDirectory, String region, Routes routes, Optional<ClusterDoor> door)
      throws IOException {
    List<String> hosts = new ArrayList<>(List.of(sessionHosts(region)));
    door.ifPresent(one -> hosts.add(one.host()));
    var certificate = FrontCertificate.in(workDirectory.resolve("tls"), hosts, Instant.now());
    var fronts = new HashMap<String, InetSocketAddress>();
    var front = TlsFront.start(certificate, routes);
    Optional<ClusterFront> clusterFront = Optional.empty();
    try {
      fronts.put(
          sessionHosts(region) + ":443", new InetSocketAddress(front.address(), front.port()));
      if (door.isPresent()) {
        ClusterFront started = ClusterFront.start(certificate, door.get());
        clusterFront = Optional.of(started);
        fronts.put(door.get().host() + ":" + door.get().port(), started.address());
      }
      var proxy = ConnectProxy.start(proxyPort, fronts);
      return new TlsGateway(certificate, front, proxy, clusterFront);
    } catch (IOException e) {
      clusterFront.ifPresent(ClusterFront::close);
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
    clusterFront.ifPresent(ClusterFront::close);
    front.close();
  }
}
