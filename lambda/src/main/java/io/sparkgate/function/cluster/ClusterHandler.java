package io.sparkgate.function.cluster;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind the custom resources of a cluster. */
public final class ClusterHandler implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    throw new UnsupportedOperationException("not written yet");
  }
}
