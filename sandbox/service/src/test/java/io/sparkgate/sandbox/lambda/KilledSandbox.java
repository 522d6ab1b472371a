package io.sparkgate.sandbox.lambda;

import com.fasterxml.jackson.databind.node.TextNode;
import io.sparkgate.sandbox.lambda.InvocationResult.Response;
import java.nio.file.Path;

/** Runs a function that hangs, prints its process id and waits to be killed. */
final class KilledSandbox {

  private KilledSandbox() {}

  /** Takes a directory for the function. */
  public static void main(String... args) throws Exception {
    FunctionRuntime runtime = new FunctionRuntime(Probe.settings(Path.of(args[0])), line -> {});
    if (runtime.invoke(TextNode.valueOf("pid")) instanceof Response pid) {
      System.out.println(pid.body());
    }
    runtime.invoke(TextNode.valueOf("hang"));
  }
}
