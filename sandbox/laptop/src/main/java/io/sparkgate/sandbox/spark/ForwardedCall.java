package io.sparkgate.sandbox.spark;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sparkproject.connect.grpc.CallOptions;
import org.sparkproject.connect.grpc.Channel;
import org.sparkproject.connect.grpc.ClientCall;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.Status;

/**
 * One call, passed on to a driver and back: messages, headers, status, trailers and the client's
 * going away. A side is asked for a message only when the other has room for it, so that a result
 * of any size passes through a small heap.
 */
final class ForwardedCall extends ServerCall.Listener<byte[]> {
  private final ServerCall<byte[], byte[]> client;
  private final ClientCall<byte[], byte[]> driver;
  private final Demand fromClient;
  private final Demand fromDriver;
  private final IdleWatch idle;

  private ForwardedCall(
      ServerCall<byte[], byte[]> client,
      ClientCall<byte[], byte[]> driver,
      IdleLimit limit,
      Runnable whenCut) {
    this.client = client;
    this.driver = driver;
    this.idle =
        limit.watch(
            () -> {
              driver.cancel("No message passed for too long", null);
              whenCut.run();
            });
    this.fromClient = new Demand(driver::isReady, () -> client.request(1));
    this.fromDriver = new Demand(client::isReady, () -> driver.request(1));
  }

  /** A call that may be silent for ever. */
  static ForwardedCall start(ServerCall<byte[], byte[]> client, Metadata headers, Channel channel) {
    return start(client, headers, channel, IdleLimit.NONE, () -> {});
  }

  /** A call that is cut where no message passes for too long, and then tells so. */
  static ForwardedCall start(
      ServerCall<byte[], byte[]> client,
      Metadata headers,
      Channel channel,
      IdleLimit limit,
      Runnable whenCut) {
    // The client's deadline goes along by the gRPC context of this thread.
    var driver = channel.newCall(client.getMethodDescriptor(), CallOptions.DEFAULT);
    var call = new ForwardedCall(client, driver, limit, whenCut);
    driver.start(call.new Answer(), headers);
    driver.request(1);
    client.request(1);
    return call;
  }

  @Override
  public void onMessage(byte[] message) {
    idle.passed();
    driver.sendMessage(message);
    fromClient.delivered();
  }

  @Override
  public void onHalfClose() {
    driver.halfClose();
  }

  @Override
  public void onCancel() {
    driver.cancel("The client went away", null);
  }

  @Override
  public void onReady() {
    fromDriver.roomAgain();
  }

  private final class Answer extends ClientCall.Listener<byte[]> {
    @Override
    public void onHeaders(Metadata headers) {
      idle.answered();
      client.sendHeaders(headers);
    }

    @Override
    public void onMessage(byte[] message) {
      idle.answered();
      client.sendMessage(message);
      fromDriver.delivered();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      Optional<Status> cut = idle.end();
      client.close(cut.orElse(status), cut.isPresent() ? new Metadata() : trailers);
    }

    @Override
    public void onReady() {
      fromClient.roomAgain();
    }
  }

  /** Asks for the next message once the last is delivered and there is room for one more. */
  private static final class Demand {
    private final BooleanSupplier room;
    private final Runnable ask;
    private boolean owed;

    private Demand(BooleanSupplier room, Runnable ask) {
      this.room = room;
      this.ask = ask;
    }

    private synchronized void delivered() {
      owed = true;
      roomAgain();
    }

    // The two sides' callbacks come from different threads.
    private synchronized void roomAgain() {
      if (owed && room.getAsBoolean()) {
        owed = false;
        ask.run();
      }
    }
  }
}
