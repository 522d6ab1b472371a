package io.sparkgate.sandbox.spark;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sparkproject.connect.grpc.CallOptions;
import org.sparkproject.connect.grpc.Channel;
import org.sparkproject.connect.grpc.ClientCall;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.Status;

/** A client's call of bytes, and all that comes back. */
final class FakeCall extends ClientCall.Listener<byte[]> {
  static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("x-aws-proxy-auth", Metadata.ASCII_STRING_MARSHALLER);

  private final ClientCall<byte[], byte[]> call;
  private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Metadata> headers = new CompletableFuture<>();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /** What a call came to. */
  record Answer(List<byte[]> messages, Status status, Metadata trailers) {}

  private FakeCall(ClientCall<byte[], byte[]> call) {
    this.call = call;
  }

  /** Starts a call; the status is the one that the {@link FakeDriver} is to end with. */
  static FakeCall start(Channel channel, Status.Code status, Metadata headers) {
    FakeCall started = startSlowly(channel, status, headers);
    started.call.request(Integer.MAX_VALUE);
    return started;
  }

  /** Starts a call that asks for a message only when the test takes one. */
  static FakeCall startSlowly(Channel channel, Status.Code status, Metadata headers) {
    var method =
        MethodDescriptor.newBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
            .setFullMethodName("fake.Service/" + status)
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .build();
    var started = new FakeCall(channel.newCall(method, CallOptions.DEFAULT));
    started.call.start(started, headers);
    return started;
  }

  static Metadata withToken(String token) {
    var headers = new Metadata();
    headers.put(TOKEN, token);
    return headers;
  }

  FakeCall send(byte[] message) {
    call.sendMessage(message);
    return this;
  }

  /** Asks for the next message and waits for it. */
  byte[] take() throws InterruptedException {
    call.request(1);
    byte[] message = messages.poll(60, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("No message in a minute");
    }
    return message;
  }

  Metadata awaitHeaders() throws Exception {
    return headers.get(60, TimeUnit.SECONDS);
  }

  /** Says that there is no more to send, and waits for the end. */
  Answer end() throws Exception {
    call.halfClose();
    return awaitEnd();
  }

  Answer awaitEnd() throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  void cancel() {
    call.cancel("The test went away", null);
  }

  @Override
  public void onHeaders(Metadata received) {
    headers.complete(received);
  }

  @Override
  public void onMessage(byte[] message) {
    messages.add(message);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    answer.complete(new Answer(List.copyOf(messages), status, trailers));
  }
}
