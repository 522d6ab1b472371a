package io.sparkgate.sandbox.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sparkproject.connect.grpc.Channel;
import org.sparkproject.connect.grpc.ConnectivityState;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.netty.NettyChannelBuilder;

/** One channel per driver, from its first call until it is idle or the driver is gone. */
final class DriverChannels implements AutoCloseable {
  private static final int CLOSE_SECONDS = 5;

  private final int metadataBytes;
  private final Map<Integer, ManagedChannel> channels = new HashMap<>();

  DriverChannels(int metadataBytes) {
    this.metadataBytes = metadataBytes;
  }

  /** Starts a call on the channel to a port; under the lock, so that it is not closed meanwhile. */
  synchronized <T> T with(int port, Function<Channel, T> start) {
    return start.apply(channels.computeIfAbsent(port, this::open));
  }

  private ManagedChannel open(int port) {
    var channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .proxyDetector(address -> null) // A proxy of the user's is not for loopback.
            .maxInboundMetadataSize(metadataBytes)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .idleTimeout(1, TimeUnit.MINUTES)
            .build();
    channel.notifyWhenStateChanged(ConnectivityState.IDLE, () -> watch(port, channel));
    return channel;
  }

  private synchronized void watch(int port, ManagedChannel channel) {
    ConnectivityState state = channel.getState(false);
    switch (state) {
      case IDLE, TRANSIENT_FAILURE -> {
        channels.remove(port, channel);
        channel.shutdown(); // Lets the calls that have begun end.
      }
      case CONNECTING, READY -> channel.notifyWhenStateChanged(state, () -> watch(port, channel));
      case SHUTDOWN -> {}
    }
  }

  synchronized int size() {
    return channels.size();
  }

  /** Cuts all connections and returns when nothing comes through them any more. */
  @Override
  public void close() {
    List<ManagedChannel> closing;
    synchronized (this) { // Not while they are awaited: they call watch to the end.
      closing = List.copyOf(channels.values());
      channels.clear();
    }
    closing.forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : closing) {
        channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
