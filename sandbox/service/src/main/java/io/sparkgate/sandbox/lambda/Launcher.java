package io.sparkgate.sandbox.lambda;

import java.io.IOException;
import java.util.Arrays;

/**
 * The first class of a function's JVM: starts the runtime, and halts with the sandbox.
 *
 * <p>It is alone in that JVM with {@link RuntimeLoop}, so it uses nothing but the JDK.
 */
public final class Launcher {

  private Launcher() {}

  /**
   * Runs the main class that the first argument names with the others.
   *
   * @throws ReflectiveOperationException if there is no such class
   */
  public static void main(String... args) throws ReflectiveOperationException {
    Thread watch = new Thread(Launcher::haltWithSandbox, "sandbox-watch");
    watch.setDaemon(true);
    watch.start();
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }

  /** The sandbox holds the other end of standard input, even against kill -9. */
  private static void haltWithSandbox() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(1);
  }
}
