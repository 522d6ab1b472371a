package io.sparkgate.sandbox;

import io.sparkgate.sandbox.template.BadInput;
import java.util.concurrent.CountDownLatch;

/**
 * The way in: {@code java -jar sandbox.jar}, for which {@code ./sandbox/run} prepares everything.
 */
public final class Sandbox {

  /** What a shell takes for wrong usage. */
  private static final int BAD_INPUT = 2;

  private Sandbox() {}

  /**
   * Starts the sandbox and serves until it is stopped.
   *
   * @param arguments see {@code ./sandbox/run --help}
   */
  public static void main(String... arguments) throws InterruptedException {
    if (Runtime.version().feature() > 17) {
      // Newer JDKs warn of what Netty does without it, before the first line of ours.
      System.setProperty("io.netty.noUnsafe", "true");
    }
    try {
      RunningSandbox sandbox = RunningSandbox.start(Options.parse(arguments), System.out);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(sandbox), "shutdown"));
      new CountDownLatch(1).await();
    } catch (BadInput e) {
      System.err.println("sandbox: " + e.getMessage());
      System.exit(BAD_INPUT);
    }
  }

  private static void stop(RunningSandbox sandbox) {
    sandbox.close();
    System.out.println("sandbox: stopped");
  }
}
