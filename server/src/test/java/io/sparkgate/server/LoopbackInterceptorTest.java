package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.grpc.Attributes;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.Status;

class LoopbackInterceptorTest {

  /** In hexadecimal; of 16 bytes they stay IPv6, as what came over such a socket may. */
  private static InetSocketAddress from(String bytes) throws UnknownHostException {
    byte[] address = HexFormat.of().parseHex(bytes);
    return new InetSocketAddress(
        address.length == 16
            ? Inet6Address.getByAddress(null, address, -1)
            : InetAddress.getByAddress(address),
        50_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7f000001",
        "7f0f0001",
        "00000000000000000000000000000001",
        "00000000000000000000ffff7f000001"
      })
  void takesCallsOfItsOwnMachine(String bytes) throws UnknownHostException {
    assertThat(LoopbackInterceptor.refusal(from(bytes))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0a000107",
        "fd000000000000000000000000000001",
        "00000000000000000000ffff0a000107",
        "0000000000000000000000007f000001",
        "fd000000000000000000ffff7f000001"
      })
  void refusesCallsOfOthers(String bytes) throws UnknownHostException {
    assertThat(LoopbackInterceptor.refusal(from(bytes)).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void namesTheTunnelAndTheEndpointToWhomItRefuses() throws UnknownHostException {
    assertThat(LoopbackInterceptor.refusal(from("0a000107")).getDescription())
        .isEqualTo(
            "the call came from 10.0.1.7, and this server takes calls of its own machine only;"
                + " connect through the cluster's tunnel, as sparkgate.connect does, or have the"
                + " platform give the cluster an endpoint");
  }

  @Test
  void refusesWhereNobodySaysWhoCalls() {
    assertThat(LoopbackInterceptor.refusal(null).getDescription())
        .startsWith("the call came from an unknown address, ");
    assertThat(LoopbackInterceptor.refusal(InetSocketAddress.createUnresolved("localhost", 1)))
        .isNotNull();
    assertThat(LoopbackInterceptor.refusal(new SocketAddress() {})).isNotNull();
  }

  @Test
  void asksTheTransportAndNotTheCaller() throws UnknownHostException {
    Call refused = new Call(from("0a000107"));
    assertThat(startsFor(refused)).isZero();
    assertThat(refused.closed)
        .singleElement()
        .satisfies(status -> assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));

    Call taken = new Call(from("7f000001"));
    assertThat(startsFor(taken)).isEqualTo(1);
    assertThat(taken.closed).isEmpty();
  }

  private static int startsFor(Call call) {
    int[] starts = {0};
    new LoopbackInterceptor()
        .interceptCall(
            call,
            new Metadata(),
            (same, headers) -> {
              starts[0]++;
              return new ServerCall.Listener<Object>() {};
            });
    return starts[0];
  }

  /** One that came from somewhere. */
  private static final class Call extends ServerCall<Object, Object> {
    private final Attributes attributes;
    private final List<Status> closed = new ArrayList<>();

    Call(SocketAddress from) {
      attributes = Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, from).build();
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      closed.add(status);
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(Object message) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<Object, Object> getMethodDescriptor() {
      throw new UnsupportedOperationException();
    }
  }
}
