package io.sparkgate.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;

/**
 * Refuses clients of another minor version of Spark with {@code FAILED_PRECONDITION} and what to
 * install, before their first query: some of it would run and some fail in odd ways. Clients that
 * do not say their version pass.
 */
public final class VersionInterceptor implements ServerInterceptor {
  /** In a user agent, {@code spark/3.5.6}. */
  private static final Pattern CLIENT = Pattern.compile("\\bspark/((\\d+\\.\\d+)\\.\\d+)");

  /** EMR's own builds have more after it, {@code 3.5.6-amzn-2}. */
  private static final Pattern SERVER = Pattern.compile("((\\d+\\.\\d+)\\.\\d+).*");

  private final String version;
  private final String minor;

  /** Made by Spark, as {@code spark.connect.grpc.interceptor.classes} says. */
  public VersionInterceptor() {
    this(org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }

  VersionInterceptor(String spark) {
    Matcher server = SERVER.matcher(spark);
    if (!server.matches()) {
      throw new IllegalStateException(
          "VersionInterceptor: Spark says that its version is '%s', which is none"
              .formatted(spark));
    }
    version = server.group(1);
    minor = server.group(2);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return Inspection.of(call, headers, next, request -> refusal(Requests.client(request)));
  }

  /** What a client is refused with; null where it fits, or does not say. */
  @Nullable Status refusal(String client) {
    Matcher said = CLIENT.matcher(client);
    if (!said.find() || said.group(2).equals(minor)) {
      return null;
    }
    return Status.FAILED_PRECONDITION.withDescription(
        "the client is Spark %s and the server Spark %s, which do not work together; run: pip install %s"
            .formatted(said.group(1), version, packages()));
  }

  /** PySpark 3.5 bounds nothing from above, and newer ones break it. */
  private String packages() {
    String pyspark = "\"pyspark[connect]==" + version + "\"";
    return minor.equals("3.5") ? pyspark + " \"pandas<3\" \"pyarrow<26\" \"numpy<2\"" : pyspark;
  }
}
