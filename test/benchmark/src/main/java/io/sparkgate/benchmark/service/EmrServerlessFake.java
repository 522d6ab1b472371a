package io.sparkgate.benchmark.service;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * EMR Serverless on loopback, for many calls at little cost: one thread does it all. Answers
 * without latency and takes any rate, unless told otherwise.
 *
 * <pre>{@code
 * try (var service = EmrServerlessFake.start(Fleet.of(1000, 25, 5))) {
 *   service.latency(Duration.ofMillis(20));
 *   service.rate(Operation.GET_SESSION, new Rate(10, 50));
 *   service.reset();
 *   ... // sweep at service.uri(), by AWS_ENDPOINT_URL_EMR_SERVERLESS or a client's endpoint
 *   service.terminated().equals(service.due());
 *   service.count(Operation.GET_SESSION).calls();
 * }
 * }</pre>
 */
public final class EmrServerlessFake implements AutoCloseable {

  private static final int LARGEST_REQUEST = 64 * 1024;

  private final Fleet fleet;
  private final Map<Operation, Rate> rates = new EnumMap<>(Operation.class);
  private final MultiThreadIoEventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("emr-serverless", true), NioIoHandler.newFactory());
  private final EventLoop thread = threads.next();
  private final ChannelGroup connections = new DefaultChannelGroup(thread);
  private final Channel server;
  private final String scheme;
  private volatile Duration latency = Duration.ZERO;

  /** Used by the one thread alone. */
  private int generation;

  private Router router;

  private EmrServerlessFake(Fleet fleet, @Nullable SslContext tls) {
    this.fleet = fleet;
    this.scheme = tls == null ? "http" : "https";
    this.router = new Router(new Store(fleet, generation), rates);
    server =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connections.add(connection);
                    if (tls != null) {
                      connection.pipeline().addLast(tls.newHandler(connection.alloc()));
                    }
                    connection
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(LARGEST_REQUEST),
                            new Connection(() -> router, () -> latency));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Starts one with plain HTTP on a free port. */
  public static EmrServerlessFake start(Fleet fleet) {
    return new EmrServerlessFake(fleet, null);
  }

  /** Starts one with TLS 1.3 on a free port. */
  public static EmrServerlessFake start(Fleet fleet, Certificates certificates) {
    return new EmrServerlessFake(fleet, certificates.server());
  }

  /** With the host 127.0.0.1. */
  public URI uri() {
    return URI.create(
        "%s://127.0.0.1:%d"
            .formatted(scheme, ((InetSocketAddress) server.localAddress()).getPort()));
  }

  /** How long each answer takes from the next call on; a new connection takes no longer. */
  public void latency(Duration latency) {
    this.latency = latency;
  }

  /**
   * Limits an operation from the next {@link #reset} on: what is beyond the rate gets a 429 of type
   * ThrottlingException.
   */
  public void rate(Operation operation, Rate rate) {
    onThread(() -> rates.put(operation, rate));
  }

  /** Back to the start: the same sessions as seen from now, full buckets and no calls counted. */
  public void reset() {
    onThread(() -> router = new Router(new Store(fleet, generation), rates));
  }

  /** A {@link #reset} to sessions that nobody has seen before: their ids are new. */
  public void renew() {
    onThread(() -> router = new Router(new Store(fleet, ++generation), rates));
  }

  /** Closes all connections, as any service does when they idle for long. */
  public void disconnect() {
    connections.close().syncUninterruptibly();
  }

  /** The calls of an operation since the start or the last reset. */
  public Count count(Operation operation) {
    return onThread(() -> router.counts().getOrDefault(operation, Count.ZERO));
  }

  /** All calls since the start or the last reset. */
  public Count count() {
    return onThread(() -> router.counts().values().stream().reduce(Count.ZERO, Count::plus));
  }

  /** The ids of the sessions that a sweep has to terminate. */
  public Set<String> due() {
    return onThread(() -> router.store().ids(Session::due));
  }

  /** The ids of the sessions that were terminated since the start or the last reset. */
  public Set<String> terminated() {
    return onThread(() -> router.store().ids(Session::isTerminated));
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    connections.close().syncUninterruptibly();
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private <T> T onThread(Callable<T> task) {
    return thread.submit(task).syncUninterruptibly().getNow();
  }
}
