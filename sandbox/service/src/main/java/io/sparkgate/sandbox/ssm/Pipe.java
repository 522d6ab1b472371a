package io.sparkgate.sandbox.ssm;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** One direction of a connection that is passed on. */
final class Pipe {
  private Pipe() {}

  /** Copies until one side closes; then both are closed. */
  static void copy(InputStream from, Socket to, Socket back) {
    try (to;
        back) {
      from.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Closed, and so is the other side now.
    }
  }
}
