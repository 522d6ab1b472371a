package io.sparkgate.server;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;

/**
 * Refuses data of {@code createDataFrame} that is larger than {@code spark.sparkgate.maxUpload},
 * 128m where nothing is said, with {@code RESOURCE_EXHAUSTED} and what to do instead. Spark holds
 * it in the driver's memory several times over, so a large one ends everybody's sessions. Files and
 * jars that people add are not meant, nor what clients send inside a query, up to 64 MiB.
 */
public final class UploadInterceptor implements ServerInterceptor {
  private static final String SETTING = "spark.sparkgate.maxUpload";

  /** Before the hash that clients name such data by. */
  private static final String DATA = "cache/";

  private final long most;

  /**
   * Made by Spark, as {@code spark.connect.grpc.interceptor.classes} says.
   *
   * @throws IllegalArgumentException if the setting is no size
   */
  public UploadInterceptor() {
    this(SparkEnv.get().conf());
  }

  UploadInterceptor(SparkConf conf) {
    try {
      most = conf.getSizeAsBytes(SETTING, "128m");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "UploadInterceptor: %s is '%s', and takes a size such as 128m or 1g"
              .formatted(SETTING, conf.get(SETTING)),
          e);
    }
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!call.getMethodDescriptor().getFullMethodName().endsWith("/AddArtifacts")) {
      return next.startCall(call, headers);
    }
    Upload upload = new Upload();
    return Inspection.of(
        call,
        headers,
        next,
        request -> request instanceof AddArtifactsRequest part ? refusal(upload, part) : null);
  }

  private @Nullable Status refusal(Upload upload, AddArtifactsRequest part) {
    long size = upload.with(part);
    return size <= most
        ? null
        : Status.RESOURCE_EXHAUSTED.withDescription(
            "createDataFrame sent %d MiB and the server takes %d: write the data to S3 and read it with spark.read, or have the platform raise %s"
                .formatted(toMib(size), most / (1 << 20), SETTING));
  }

  private static long toMib(long bytes) {
    return (bytes + (1 << 20) - 1) / (1 << 20);
  }

  /** What one call has sent, or said that it will. */
  static final class Upload {
    private long announced;
    private long sent;
    private boolean data;

    /** The size in bytes, this part included. */
    long with(AddArtifactsRequest part) {
      if (part.hasBatch()) {
        for (AddArtifactsRequest.SingleChunkArtifact one : part.getBatch().getArtifactsList()) {
          if (one.getName().startsWith(DATA)) {
            announced += one.getData().getData().size();
            sent += one.getData().getData().size();
          }
        }
      } else if (part.hasBeginChunk()) {
        data = part.getBeginChunk().getName().startsWith(DATA);
        if (data) {
          announced += part.getBeginChunk().getTotalBytes();
          sent += part.getBeginChunk().getInitialChunk().getData().size();
        }
      } else if (part.hasChunk() && data) {
        sent += part.getChunk().getData().size();
      }
      return Math.max(announced, sent);
    }
  }
}
