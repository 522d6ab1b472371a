package io.sparkgate.function.stub;

import java.util.concurrent.CountDownLatch;

/** Holds answers back until it is opened, or until the stub is closed. */
public final class Gate {

  private final CountDownLatch opened = new CountDownLatch(1);

  Gate() {}

  public void open() {
    opened.countDown();
  }

  void pass() throws InterruptedException {
    opened.await();
  }
}
