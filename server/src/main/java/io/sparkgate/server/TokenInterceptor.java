package io.sparkgate.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;

/**
 * Lets in who presents the server's token, {@code authorization: Bearer …}; all others are told
 * {@code UNAUTHENTICATED}. Spark 4 asks for the same token itself, by the same variable.
 */
public final class TokenInterceptor implements ServerInterceptor {

  /** Spark 4's own name for it. */
  static final String VARIABLE = "SPARK_CONNECT_AUTHENTICATE_TOKEN";

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final byte[] expected;

  /**
   * Made by Spark, by its setting {@code spark.connect.grpc.interceptor.classes}.
   *
   * @throws IllegalStateException if {@code SPARK_CONNECT_AUTHENTICATE_TOKEN} is not set, so that
   *     no server starts open that should ask
   */
  public TokenInterceptor() {
    this(System.getenv(VARIABLE));
  }

  TokenInterceptor(@Nullable String token) {
    if (token == null || token.isBlank()) {
      throw new IllegalStateException(
          "TokenInterceptor: "
              + VARIABLE
              + " is not set, so there is no token to ask for; the install script sets it where it is given --secret");
    }
    expected = ("Bearer " + token).getBytes(UTF_8);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String given = headers.get(AUTHORIZATION);
    if (given == null || !MessageDigest.isEqual(given.getBytes(UTF_8), expected)) {
      return Refusal.of(
          call, Status.UNAUTHENTICATED.withDescription(given == null ? NO_TOKEN : WRONG_TOKEN));
    }
    return next.startCall(call, headers);
  }

  private static final String NO_TOKEN =
      "the server asks for a token and got none; connect with sparkgate.connect, or add ;token=… to the address";
  private static final String WRONG_TOKEN =
      "the token is not the server's; read it again from Secrets Manager, it may have been rotated";
}
