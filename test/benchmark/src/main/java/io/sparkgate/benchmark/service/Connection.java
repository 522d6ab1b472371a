package io.sparkgate.benchmark.service;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.sparkgate.benchmark.service.Router.Answer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Answers the requests of one connection, each after the latency and without a thread waiting. */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final Supplier<Router> router;
  private final Supplier<Duration> latency;

  Connection(Supplier<Router> router, Supplier<Duration> latency) {
    this.router = router;
    this.latency = latency;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    FullHttpResponse response = response(router.get().answer(request));
    Duration wait = latency.get();
    if (wait.isZero()) {
      context.writeAndFlush(response, context.voidPromise());
    } else {
      context
          .executor()
          .schedule(
              () -> context.writeAndFlush(response, context.voidPromise()),
              wait.toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  /** The other side went away, as measured processes do. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private static FullHttpResponse response(Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
        .set("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000");
    if (answer.error() != null) {
      response.headers().set("x-amzn-ErrorType", answer.error());
    }
    return response;
  }
}
