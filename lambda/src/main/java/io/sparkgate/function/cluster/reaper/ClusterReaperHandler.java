package io.sparkgate.function.cluster.reaper;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** The function that terminates clusters that nobody sends requests to. */
public final class ClusterReaperHandler implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    throw new UnsupportedOperationException("not written yet");
  }
}
