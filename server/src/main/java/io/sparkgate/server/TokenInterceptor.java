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
  private static final String VARIABLE = "SPARK_CONNECT_AUTHENTICATE_TOKEN";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String NONE =
      "the server asks for a token and got none; add ;token=… to the address, or connect with"
          + " sparkgate.connect";
  private static final String WRONG =
      "the token is not the server's; read it again from Secrets Manager, it may have been rotated";

  private final byte[] expected;

  /**
   * Made by Spark, as {@code spark.connect.grpc.interceptor.classes} says.
   *
   * @throws IllegalStateException if {@code SPARK_CONNECT_AUTHENTICATE_TOKEN} is not set: a server
   *     that should ask does not start open
   */
  public TokenInterceptor() {
    this(System.getenv(VARIABLE));
  }

  TokenInterceptor(@Nullable String token) {
    if (token == null || token.isBlank()) {
      throw new IllegalStateException(
          "TokenInterceptor: there is no token to ask for, "
              + VARIABLE
              + " is not set; install-spark-connect.sh sets it where it is given --secret");
    }
    expected = bearer(token);
  }

  private static byte[] bearer(String token) {
    return ("Bearer " + token.strip()).getBytes(UTF_8);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String given = headers.get(AUTHORIZATION);
    if (given != null && MessageDigest.isEqual(given.strip().getBytes(UTF_8), expected)) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription(given == null ? NONE : WRONG), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
