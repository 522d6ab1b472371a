package io.sparkgate.sandbox.lambda;

import java.io.IOException;

/** The same where AWS's client does not run, as on macOS. */
class RuntimeLoopTest extends FunctionProcessTest {

  @Override
  FunctionProcess start(FunctionSettings settings) throws IOException {
    return FunctionProcess.start(settings, RuntimeClient.ours(), lines::add);
  }
}
